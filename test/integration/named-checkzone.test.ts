import { beforeAll, describe, expect, test } from 'vitest'
import { accepted } from '../fixtures/includes/accepted.ts'
import { refused } from '../fixtures/includes/refused.ts'
import { stricter } from '../fixtures/includes/stricter.ts'
import { toolOr } from '../helpers/debian.ts'
import { errorsOf, loadable, refusals, zoneName, zoneWith } from '../helpers/zones.ts'

const checkzone = toolOr('named-checkzone')
const checkconf = toolOr('named-checkconf')
const zonesOf = (table: typeof accepted) =>
  table.map(([, include]) => ({ zone: 'example.org', text: zoneWith(include) }))

/** The same under names of the same length that differ: one run of `named-checkconf` takes them all. */
const namedApart = (table: typeof accepted) =>
  zonesOf(table).map(({ text }, at) => {
    const other = zoneName(at)
    return { zone: other, text: text.replaceAll(/example\.org/gi, other) }
  })

describe.skipIf(checkzone === null || checkconf === null)('our word on an include and that of BIND', () => {
  let verdicts: Record<'accepted' | 'stricter', (string | null)[]>
  let loaded: Record<'accepted' | 'refused', boolean[]>

  beforeAll(async () => {
    const load = (table: typeof accepted) => loadable(checkconf ?? '', namedApart(table))
    const ask = (table: typeof accepted) => refusals(checkzone ?? '', zonesOf(table))
    // A primary server is stricter with names than named-checkzone is, and no harm where we are, too.
    verdicts = { accepted: await ask(accepted), stricter: await ask(stricter) }
    loaded = { accepted: load(accepted), refused: load(refused) }
  })

  test.each(accepted.map(([what, include], at) => ({ what, include, at })))('both take $what', ({ include, at }) => {
    expect(errorsOf(include)).toEqual([])
    expect(verdicts.accepted[at]).toBeNull()
    expect(loaded.accepted[at]).toBe(true)
  })

  test.each(refused.map(([what, include], at) => ({ what, include, at })))('both refuse $what', ({ include, at }) => {
    expect(loaded.refused[at]).toBe(false)
    expect(errorsOf(include)).not.toEqual([])
  })

  test.each(stricter.map(([what, include], at) => ({ what, include, at })))(
    'we alone refuse $what',
    ({ include, at }) => {
      expect(verdicts.stricter[at]).toBeNull()
      expect(errorsOf(include)).not.toEqual([])
    },
  )
})
