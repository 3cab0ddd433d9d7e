import { type Network, zoneNames } from '../config/network.ts'
import { counted } from '../domain/printable.ts'
import { alarmRules } from './alarm-rules.ts'
import { probingMemory } from './memory.ts'

/** Why a push needs a deploy instead, or `--yes`, a sentence each (behaviour §11.3); empty where it does not. */
export interface PushObstacles {
  readonly deploy: readonly string[]
  readonly yes: readonly string[]
  /** What stays as it was deployed, whatever is pushed: sentences for the operator. */
  readonly stays: readonly string[]
}

/**
 * What prevents putting a network in force in the place of another form of it. `deployed`: the form that the stack
 * was made for; left out: what is in force.
 */
export function obstaclesBetween(before: Network, after: Network, deployed: Network = before): PushObstacles {
  const [deploy, yes] = [[...needsDeploy(deployed, after)], [...needsYes(before, after)]]
  return { deploy, yes, stays: deploy.length > 0 ? [] : keptAlarms(deployed, after) }
}

function* needsDeploy({ settings: was, ...before }: Network, { settings: is, ...after }: Network): Generator<string> {
  const name = after.name
  const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  if (was.run_frequency !== is.run_frequency) {
    yield `${name}: run_frequency changes from ${was.run_frequency} to ${is.run_frequency} s, and with it the schedule`
  }
  if (differ(was.alarms, is.alarms)) yield `${name}: alarms change`
  if (differ([...was.vantages].sort(), [...is.vantages].sort())) {
    yield `${name}: vantages change from ${listOf(was.vantages)} to ${listOf(is.vantages)}`
  }
  if (was.route53.enabled !== is.route53.enabled) {
    yield `${name}: route53.enabled changes to ${is.route53.enabled}, and with it the functions' rights`
  }
  if (differ(was.route53.zones, is.route53.zones))
    yield `${name}: route53.zones changes, and with it the functions' rights`
  if (is.route53.enabled && was.route53.enabled) {
    if (!was.served.route53 && is.served.route53) {
      yield `${name}: served.route53 changes to true, and the functions may not ask Route 53 for its name servers`
    }
    const labels = is.dns.rotate_zones.filter(label => !was.dns.rotate_zones.includes(label))
    if (labels.length > 0) {
      yield `${name}: dns.rotate_zones adds ${labels.join(', ')}, and the functions may not write those records to Route 53`
    }
    const known = zoneNames(before.zones)
    const added = after.zones.filter(zone => !known.has(zone.name)).map(zone => zone.name)
    if (added.length > 0) {
      yield `${name}: ${counted(added.length, 'zone')} would be pushed to Route 53 for the first time (${added[0]}), and the functions may not write there`
    }
  }
  if (was.events.enabled !== is.events.enabled) yield `${name}: events.enabled changes`
  if (differ(was.metrics, is.metrics)) yield `${name}: metrics change`
  const [had, needs] = [probingMemory(before), probingMemory(after)]
  if (needs > had) yield `${name}: its edges need ${needs} MB of memory, and the functions have ${had}`
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

function listOf(regions: readonly string[]): string {
  return regions.length === 0 ? 'none' : [...regions].sort().join(', ')
}

/** Alarms are made by a deploy: those whose rules follow from other settings keep the rules that they were deployed with. */
function keptAlarms(deployed: Network, after: Network): string[] {
  const was = new Map(alarmRules(deployed).map(rule => [rule.name, rule]))
  const is = new Map(alarmRules(after).map(rule => [rule.name, rule]))
  const say = (words: string) => `${after.name}: the alarm ${words} until the next deploy`
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(alarm => {
    const [old, now] = [was.get(alarm), is.get(alarm)]
    if (old === undefined) return [say(`${alarm} is missing`)]
    if (now === undefined) return [say(`${alarm} stays, though nothing sets it off any more,`)]
    if (old.threshold !== now.threshold)
      return [say(`${alarm} keeps its threshold of ${old.threshold}, not ${now.threshold},`)]
    if (old.seconds !== now.seconds)
      return [say(`${alarm} keeps counting over ${old.seconds} s, not ${now.seconds} s,`)]
    return []
  })
}
