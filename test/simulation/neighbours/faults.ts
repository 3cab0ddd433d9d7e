import type { Random } from '../world/random.ts'

/** What may befall one attempt of a request, and whether the neighbour carries it out all the same. */
export const faults = {
  throttled: { isApplied: false, waits: false },
  'connection lost before it was sent': { isApplied: false, waits: false },
  'answer lost': { isApplied: true, waits: false },
  'timed out, not done': { isApplied: false, waits: true },
  'timed out, done': { isApplied: true, waits: true },
  refused: { isApplied: false, waits: false },
} as const
export type Fault = keyof typeof faults

/** How faulty one neighbour is: a share of all attempts, and whole spells in which every attempt fails alike. */
export interface FaultPlan {
  readonly share: number
  readonly outage: Fault | null
}

export const faultless: FaultPlan = { share: 0, outage: null }

const seldomRefused: readonly Fault[] = [
  'throttled',
  'throttled',
  'connection lost before it was sent',
  'connection lost before it was sent',
  'answer lost',
  'answer lost',
  'answer lost',
  'timed out, not done',
  'timed out, done',
  'refused',
]

/** The fault of one attempt; null where all goes well. */
export function drawFault(plan: FaultPlan, random: Random): Fault | null {
  if (plan.outage !== null) return random.chance(0.9) ? plan.outage : null
  return random.chance(plan.share) ? random.pick(seldomRefused) : null
}

/** How a neighbour will be for the length of a cycle. */
export function drawPlan(random: Random): FaultPlan {
  if (random.chance(0.6)) return faultless
  if (random.chance(0.15)) return { share: 0, outage: random.pick(seldomRefused) }
  return { share: random.pick([0.02, 0.1, 0.3]), outage: null }
}
