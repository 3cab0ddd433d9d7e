import { inForceWords, rejectedWords, takenIn } from '../config/taking.ts'
import { type Checked, statusOf, unknown } from './check.ts'
import type { CheckInput } from './check-input.ts'

/** Whether the configuration that should be in force is (behaviour §11.4), and what is, since when and by whom. */
export function config({ network, stored, thresholds }: CheckInput): Checked {
  const taken = takenIn(stored.desired)
  if (taken === null) return unknown(`no cycle of ${network.name} has taken up a configuration yet`)
  const words = rejectedWords(taken)
  const text = `${network.name}: ${words ?? `configuration ${inForceWords(taken)}`}`
  const rejected = Number(words !== null)
  return {
    status: statusOf(rejected, thresholds),
    text,
    figures: [{ name: 'rejected', value: rejected, unit: '', thresholds }],
  }
}
