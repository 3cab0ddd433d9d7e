import * as fc from 'fast-check'
import { expect } from 'vitest'
import { record } from '../fixtures/includes/every-type.ts'
import { refusedLines } from './bind.ts'
import { toolOr } from './debian.ts'
import { errorsOf } from './zones.ts'

const checkzone = toolOr('named-checkzone')
const seed = Number(process.env.SEED ?? 20_261_128)
const perZone = 20_000

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

/**
 * Holds our verdict on this many records that are right or nearly against that of named-checkzone.
 * `RUNS=1000000 npx vitest run --project long named-checkzone-types` takes some minutes.
 */
export function agreesWithCheckzone(usually: number): void {
  const runs = Number(process.env.RUNS ?? usually)
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
}
