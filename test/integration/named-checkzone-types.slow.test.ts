import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { record } from '../fixtures/includes/every-type.ts'
import { namingData, oneOfEach } from '../fixtures/includes/one-of-each.ts'
import { dumped, loadedByNamed, refusedLines } from '../helpers/bind.ts'
import { toolOr } from '../helpers/debian.ts'
import { errorsOf, findingsOf, loadable, refusals, zoneName, zoneWith } from '../helpers/zones.ts'

const checkconf = toolOr('named-checkconf')
const checkzone = toolOr('named-checkzone')
const named = toolOr('named')
const seed = Number(process.env.SEED ?? 20_261_128)
/** `RUNS=1000000 npx vitest run --project slow named-checkzone-types` takes some minutes. */
const runs = Number(process.env.RUNS ?? 24_000)
const perZone = 20_000

/** Every type with a name, as an operator would list them who wants none to be refused for that. */
const uncheckedTypes = Object.keys(oneOfEach)
/** Rules of ours that BIND does not have, and what would swallow the records behind. */
const ours = [
  /is inside the zone and has no address/,
  /not a host name|mailbox/,
  /is not allowed/,
  /DNSKEY/,
  /outside of the zone/,
]
const swallows = /parenthesis|quote is not closed|backslash/

interface Sample {
  readonly text: string
  readonly errors: readonly string[]
}

function sampled(from: number, count: number): Sample[] {
  return fc
    .sample(record, { seed: from, numRuns: count })
    .map(({ type, data }, at) => `r${at} ${type} ${data}`)
    .map(text => ({ text, errors: errorsOf(`${text}\n`) }))
    .filter(({ text, errors }) => !/[()\n]/.test(text) && !errors.some(error => swallows.test(error)))
}

describe.skipIf(checkzone === null || checkconf === null)('records of every type, as BIND sees them', () => {
  test(`${runs} records that are right or nearly: each verdict is that of named-checkzone`, () => {
    let [refused, accepted] = [0, 0]
    for (let done = 0; done < runs; done += perZone) {
      const samples = sampled(seed + done, Math.min(perZone, runs - done))
      const theirs = refusedLines(
        checkzone ?? '',
        samples.map(({ text }) => text),
      )
      const apart = samples.flatMap(({ text, errors }, at) => {
        const fault = theirs[at] as string | null
        if (fault === null && errors.some(error => ours.some(rule => rule.test(error)))) return []
        return (fault === null) === (errors.length === 0) ? [] : [{ text, ours: errors, bind: fault }]
      })
      expect(apart.slice(0, 20)).toEqual([])
      refused += theirs.filter(fault => fault !== null).length
      accepted += theirs.filter(fault => fault === null).length
    }
    expect(Math.min(refused, accepted)).toBeGreaterThan(runs / 5)
  }, 3_600_000)

  test('each type that has a name: BIND loads it, and we do where it is checked or listed', async () => {
    const zones = Object.entries(oneOfEach).map(([type, data]) => ({
      zone: 'example.org',
      text: zoneWith(`m ${type} ${data}\n`),
    }))
    expect((await refusals(checkzone ?? '', zones)).filter(Boolean)).toEqual([])
    for (const [type, data] of Object.entries(oneOfEach)) {
      expect({ type, errors: errorsOf(`m ${type} ${data}\n`, { uncheckedTypes }) }).toEqual({ type, errors: [] })
    }
  })

  const apart = (includes: readonly string[]) => {
    const zones = includes.map((include, at) => ({
      zone: zoneName(at),
      text: zoneWith(include, { zone: zoneName(at) }),
    }))
    const loaded = loadable(checkconf ?? '', zones)
    return includes.flatMap((include, at) => {
      const errors = errorsOf(include, { zone: zoneName(at), uncheckedTypes })
      return (errors.length === 0) === loaded[at] ? [] : [{ include, errors, loaded: loaded[at] }]
    })
  }

  test('a CNAME beside each of them: as BIND has it', () => {
    expect(apart(Object.entries(oneOfEach).map(([type, data]) => `m CNAME a\nm ${type} ${data}\n`))).toEqual([])
    expect(apart(Object.entries(oneOfEach).map(([type, data]) => `m ${type} ${data}\nm CNAME a\n`))).toEqual([])
  })

  test('two of each: what may stand at a name but once', () => {
    expect(
      apart(['DNAME a.example.net.', 'CNAME a.example.net.', 'RESINFO a'].map(one => `m ${one}\nm ${one}b\n`)),
    ).toEqual([])
  })

  const owners = [
    'a_b',
    '_x',
    '-a',
    '*',
    '*.a',
    'a.*',
    'a._spf',
    '_spf.a',
    'x._spf_verify.y',
    'gc._msdcs',
    'gc._msdcs.a',
    'gc._msdcs.a_b',
    'b._dns-sd._udp',
  ]
  const targets = [
    'a_b.example.net.',
    '_x.example.net.',
    '*.example.net.',
    '-a.example.net.',
    '.',
    'a\\.b.example.net.',
    'a.b_c',
    'A-1.example.net.',
    '\\000.example.net.',
  ]
  const names = [
    ...owners.flatMap(owner =>
      Object.entries(oneOfEach)
        .filter(([type]) => !['DNSKEY', 'KEYDATA'].includes(type))
        .map(([type, data]) => `${owner} ${type} ${data}\n`),
    ),
    ...targets.flatMap(target => Object.entries(namingData).map(([type, data]) => `m ${type} ${data(target)}\n`)),
  ]

  test('names that check-names refuses in a primary zone, at and behind each of them', () => {
    expect(apart(names)).toEqual([])
  })

  test.skipIf(named === null)('and named itself says the same of them', async () => {
    const some = names.filter((_, at) => at % 4 === 0)
    const loaded = await loadedByNamed(
      named ?? '',
      some.map((include, at) => zoneWith(include, { zone: zoneName(at) })),
    )
    const wrong = some.filter((include, at) => {
      return (errorsOf(include, { zone: zoneName(at), uncheckedTypes }).length === 0) !== loaded.has(zoneName(at))
    })
    expect(wrong).toEqual([])
    expect(loaded.size).toBeGreaterThan(20)
  })

  test('the TTL that BIND gives to all records of a set is the one that we name', () => {
    const line = fc.tuple(
      fc.constantFrom('m', 'M', 'n', '@', 'www'),
      fc.constantFrom('', '5', '60', '7'),
      fc.constantFrom('TXT', 'NS'),
      fc.nat({ max: 3 }),
    )
    const include = fc
      .array(line, { minLength: 2, maxLength: 6 })
      .map(all =>
        all
          .map(
            ([owner, ttl, type, at]) =>
              `${owner} ${ttl} ${type} ${type === 'NS' ? `ns${at}.example.net.` : `t${at}`}\n`,
          )
          .join(''),
      )
    const texts = fc.sample(include, { seed, numRuns: 60 })
    const given = dumped(
      checkzone ?? '',
      texts.map(text => zoneWith(text)),
    )
    for (const [at, text] of texts.entries()) {
      const told = findingsOf(text).flatMap(finding => {
        const [, type, name, ttl] =
          /the (\w+) records of (\S+) have different TTLs .* all of them (\d+)/.exec(finding) ?? []
        return name === undefined ? [] : [`${name}. ${type} ${ttl}`]
      })
      const wrong = told.filter(one => !given[at]?.has(one))
      expect({ text, wrong }).toEqual({ text, wrong: [] })
    }
  })
})
