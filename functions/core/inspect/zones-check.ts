import { counted, firstOf } from '../domain/printable.ts'
import { wasPublished } from '../state/network-state.ts'
import { type Checked, type CheckStatus, statusOf, unknown, worstOf } from './check.ts'
import type { CheckInput } from './check-input.ts'

/** This many zones are named. */
const maxNames = 20

/**
 * Whether what is published of the zones is what was decided: a zone is in trouble where its include is faulty, a write of it
 * or of its records in Route 53 was not confirmed, or it was never published. Where none was ever published, it is critical.
 */
export function zonesCheck({ network, stored, lastCycle, thresholds }: CheckInput): Checked {
  if (lastCycle === null) return unknown(`no cycle of ${network.name} has ever finished`)
  const states = network.zones.map(({ name, include }) => {
    const record = stored.zones.get(name)
    const pushed = network.settings.route53.enabled ? stored.pushed.get(name) : undefined
    const isPublished = wasPublished(record)
    if (include === null) return { isPublished, trouble: `${name} (its include is faulty)` }
    if (record?.due === true) return { isPublished, trouble: `${name} (due: a write was not confirmed)` }
    if (!isPublished) return { isPublished, trouble: `${name} (not published yet)` }
    if (pushed !== undefined && pushed.due !== null) {
      return { isPublished, trouble: `${name} (its records in Route 53 are due)` }
    }
    return { isPublished, trouble: null }
  })
  const trouble = states.flatMap(one => one.trouble ?? [])
  const isNothingOut = states.length > 0 && !states.some(({ isPublished }) => isPublished)
  const floor: CheckStatus = isNothingOut ? 'CRIT' : 'OK'
  const named = firstOf(trouble, maxNames, rest => `and ${counted(rest, 'more zone')}`).join(', ')
  const all = counted(network.zones.length, 'zone')
  const text =
    trouble.length === 0
      ? `${network.name}: ${all} published as decided`
      : `${network.name}: ${trouble.length} of ${all} in trouble: ${named}`
  return {
    status: worstOf([statusOf(trouble.length, thresholds), floor]),
    text,
    figures: [{ name: 'zones_in_trouble', value: trouble.length, unit: '', thresholds }],
  }
}
