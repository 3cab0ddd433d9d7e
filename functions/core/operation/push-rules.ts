import type { Network } from '../config/network.ts'
import { counted } from '../domain/printable.ts'
import { probingMemory } from './memory.ts'

/** Why a push needs a deploy instead, or `--yes`, a sentence each (behaviour §11.3); empty where it does not. */
export interface PushObstacles {
  readonly deploy: readonly string[]
  readonly yes: readonly string[]
}

/** What stands in the way of putting a network in force in the place of another form of it. */
export function obstaclesBetween(before: Network, after: Network): PushObstacles {
  return { deploy: [...needsDeploy(before, after)], yes: [...needsYes(before, after)] }
}

function* needsDeploy({ settings: was, ...before }: Network, { settings: is, ...after }: Network): Generator<string> {
  const name = after.name
  const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  if (was.run_frequency !== is.run_frequency) {
    yield `${name}: run_frequency changes from ${was.run_frequency} to ${is.run_frequency} s, and with it the schedule`
  }
  if (differ(was.alarms, is.alarms)) yield `${name}: alarms change`
  if (differ(extra(was, 'vantages'), extra(is, 'vantages'))) yield `${name}: vantages change`
  if (was.route53.enabled !== is.route53.enabled) {
    yield `${name}: route53.enabled changes to ${is.route53.enabled}, and with it the functions' rights`
  }
  if (differ(was.route53.zones, is.route53.zones))
    yield `${name}: route53.zones changes, and with it the functions' rights`
  if (is.route53.enabled && was.route53.enabled) {
    const known = new Set(before.zones.map(zone => zone.name))
    const added = after.zones.filter(zone => !known.has(zone.name)).map(zone => zone.name)
    if (added.length > 0) {
      yield `${name}: ${counted(added.length, 'zone')} would be pushed to Route 53 for the first time (${added[0]}), and the functions may not write there`
    }
  }
  if (was.events.enabled !== is.events.enabled) yield `${name}: events.enabled changes`
  if (differ(was.metrics, is.metrics)) yield `${name}: metrics change`
  const [had, needs] = [probingMemory(before), probingMemory(after)]
  if (needs > had) yield `${name}: this many edges need ${needs} MB of memory, and the functions have ${had}`
}

function* needsYes(before: Network, after: Network): Generator<string> {
  const stays = new Set(after.edges.map(edge => edge.name))
  const gone = before.edges.filter(edge => !stays.has(edge.name)).length
  if (gone * 2 > before.edges.length) {
    yield `${after.name}: ${gone} of ${counted(before.edges.length, 'edge')} would be taken out`
  }
  const { edge_count } = after.settings
  if (after.edges.length < edge_count) {
    yield `${after.name}: ${counted(after.edges.length, 'edge')} would be left, fewer than edge_count (${edge_count})`
  }
}

/** A setting that not every version has. */
function extra(settings: object, key: string): unknown {
  return (settings as Record<string, unknown>)[key]
}
