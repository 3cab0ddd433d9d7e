import { createHash } from 'node:crypto'
import type { Network } from '../config/network.ts'
import { oncePer } from '../domain/once-per.ts'
import { productVersion } from '../domain/version.ts'
import type { RenderedMemo, ZoneRecord } from '../state/network-state.ts'
import { hashText } from '../zone/hash.ts'
import { isNewZone } from './handover.ts'
import { type PlanContext, type ZonePlan, zoneAddresses } from './zone-plan.ts'

/*
 * What texts were made of, and what came of it: both as hashes. Rendering is a pure function, so that the same things give
 * the same texts, and a cycle in which nothing has changed need not make ten thousand zones to find that out (behaviour
 * §7.2). What was found by another version of the product counts for nothing.
 */

/**
 * The hash of all that the contents of a network's zones are made of, serials aside; null where that is not known.
 * `configuration`: the hash of the bundle in force, which stands for settings, includes and templates.
 */
export function contentsKey(configuration: string | null | undefined, plan: PlanContext): string | null {
  if (configuration === null || configuration === undefined) return null
  const canaries = plan.network.zones.filter(({ name }) => plan.canaries.has(name))
  const addresses = canaries.map(({ name }) => [name, ...zoneAddresses(name, plan)])
  const live = plan.live.map(({ address }) => address)
  return hashText(JSON.stringify([productVersion, configuration, plan.template, live, addresses]))
}

/** The plans of zones of which none is to be written, where that can be told without making them; else null. */
export function plansWhereKnown(
  key: string | null,
  memo: RenderedMemo | undefined,
  plan: PlanContext,
): readonly ZonePlan[] | null {
  if (key === null || memo?.zones?.key !== key || plan.forceUpdate || (plan.drift?.size ?? 0) > 0) return null
  const { zones } = plan.network
  const known = keptPlans.get(plan.records)
  if (known?.zones === zones && known.clauses === plan.clauses && known.hash === memo.zones.hash) return known.plans
  const plans = plansKept(memo.zones.hash, plan)
  if (plans !== null) keptPlans.set(plan.records, { zones, clauses: plan.clauses, hash: memo.zones.hash, plans })
  return plans
}

interface KeptPlans {
  readonly zones: Network['zones']
  readonly clauses: PlanContext['clauses']
  readonly hash: string
  readonly plans: readonly ZonePlan[]
}

/** By the records that they were made from, for processes in which the same records are looked at again and again. */
const keptPlans = new WeakMap<PlanContext['records'], KeptPlans>()

/** The plans of zones that all stay as they are, if their contents come to this hash; else null. */
function plansKept(hash: string, plan: PlanContext): ZonePlan[] | null {
  const plans = plan.network.zones.map(({ name, include }): ZonePlan | null => {
    const record = plan.records.get(name)
    if (record === undefined || include === null || record.hash === null || record.due) return null
    if (isNewZone(name, record, plan.clauses)) return null
    return { zone: name, action: 'keep', record, reason: 'nothing changed', warnings: [] }
  })
  const kept = plans.filter(one => one !== null)
  return kept.length === plans.length && contentsHash(kept) === hash ? kept : null
}

/** The hash of the contents that these zones have or are about to have; null where not all of them have one. */
export function contentsHash(plans: readonly ZonePlan[]): string | null {
  const hash = createHash('sha256')
  for (const plan of plans) {
    const content =
      plan.action === 'write' ? plan.hash : plan.action === 'keep' ? (plan.record as ZoneRecord).hash : null
    if (content === null) return null
    hash.update(`${plan.zone} ${content}\n`)
  }
  return hash.digest('hex')
}

/** The hash of what a `named.conf` is made of. `zones`: sorted. */
export function namedConfKey(template: string, { name, settings }: Network, zones: readonly string[]): string {
  const options = settings.dns.zone_options
  return hashText(JSON.stringify([productVersion, template, name, namesHash(zones), options]))
}

const namesHash = oncePer((names: readonly string[]) => hashText(JSON.stringify(names)))
