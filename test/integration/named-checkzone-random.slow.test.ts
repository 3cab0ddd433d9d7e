import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomInclude, zoneMark } from '../fixtures/includes/random.ts'
import { toolOr } from '../helpers/debian.ts'
import { errorsOf, loadable, refusals, zoneName, zoneWith } from '../helpers/zones.ts'

const checkconf = toolOr('named-checkconf')
const checkzone = toolOr('named-checkzone')

/** Rules of ours that BIND does not have: an include that breaks one of them may load all the same. */
const ours = [
  /the addresses of .* are those of the live edges/,
  /the first record needs a name/,
  /is outside of the zone/,
  /is inside the zone and has no address/,
  /is below a DNAME/,
  /a TTL is at most/,
  /must not be quoted/,
  /is not allowed/,
  /must be written/,
]

const samples = fc
  .sample(randomInclude, { seed: Number(process.env.SEED ?? 20_261_122), numRuns: Number(process.env.RUNS ?? 6000) })
  .map((text, at) => {
    const zone = zoneName(at)
    const include = text.replaceAll(zoneMark, zone)
    return { zone, include, errors: errorsOf(include, { zone }), text: zoneWith(include, { zone }) }
  })

describe.skipIf(checkconf === null || checkzone === null)('random includes, as BIND sees them', () => {
  test('what we accept is loaded with the defaults of a primary server', () => {
    const accepted = samples.filter(sample => sample.errors.length === 0)
    const loaded = loadable(checkconf ?? '', accepted)
    expect(accepted.length).toBeGreaterThan(1000)
    expect(accepted.filter((_, at) => loaded[at] === false).map(sample => sample.include)).toEqual([])
  })

  test('a share of it passes named-checkzone itself', async () => {
    const accepted = samples.filter(sample => sample.errors.length === 0).slice(0, 40)
    expect((await refusals(checkzone ?? '', accepted)).filter(refusal => refusal !== null)).toEqual([])
  })

  test('what we refuse is refused, unless by a rule that BIND does not have', () => {
    const refused = samples.filter(
      ({ errors }) => errors.length > 0 && !errors.some(error => ours.some(rule => rule.test(error))),
    )
    const loaded = loadable(checkconf ?? '', refused)
    expect(refused.length).toBeGreaterThan(1000)
    expect(refused.filter((_, at) => loaded[at] === true).map(({ include, errors }) => ({ include, errors }))).toEqual(
      [],
    )
  })
})
