import { beforeAll, describe, expect, test } from 'vitest'
import { toolOr } from '../fixtures/debian.ts'
import { accepted } from '../fixtures/includes/accepted.ts'
import { refused } from '../fixtures/includes/refused.ts'
import { stricter } from '../fixtures/includes/stricter.ts'
import { errorsOf, refusals, zoneWith } from '../fixtures/zones.ts'

const checkzone = toolOr('named-checkzone')
const zonesOf = (table: typeof accepted) =>
  table.map(([, include]) => ({ zone: 'example.org', text: zoneWith(include) }))

describe.skipIf(checkzone === null)('our word on an include and that of named-checkzone', () => {
  let verdicts: Record<'accepted' | 'acceptedByNamed' | 'refused' | 'stricter', (string | null)[]>

  beforeAll(async () => {
    const program = checkzone ?? ''
    verdicts = {
      accepted: await refusals(program, zonesOf(accepted)),
      acceptedByNamed: await refusals(program, zonesOf(accepted), ['-k', 'fail']),
      refused: await refusals(program, zonesOf(refused)),
      stricter: await refusals(program, zonesOf(stricter)),
    }
  })

  test.each(accepted.map(([what, include], at) => ({ what, include, at })))('both take $what', ({ include, at }) => {
    expect(errorsOf(include)).toEqual([])
    expect(verdicts.accepted[at]).toBeNull()
    expect(verdicts.acceptedByNamed[at]).toBeNull()
  })

  test.each(refused.map(([what, include], at) => ({ what, include, at })))('both refuse $what', ({ include, at }) => {
    expect(verdicts.refused[at]).not.toBeNull()
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
