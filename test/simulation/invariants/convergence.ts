import { isPassing } from '../../../functions/core/domain/model.ts'
import { rotationsInWindow } from '../../../functions/core/live-set/rotation.ts'
import { coldInstance, type Instance, type Start, startRun } from '../world/functions.ts'
import { spared } from '../world/process.ts'
import type { Run } from '../world/run.ts'
import type { World } from '../world/world.ts'
import { checkNothingDue } from './ending.ts'
import { checkPushed } from './pushing.ts'

/** A time that no run outlives. */
const runMs = 60_000

/** Starts a run, lets it come to its end, and gives it. */
export async function runOnce(world: World, instance: Instance, id: number, start: Start): Promise<Run> {
  const run = startRun(world, instance, id, start)
  await world.time.advanceTo(world.time.now() + runMs)
  return run
}

export const plainStart: Start = { kind: 'manage', force: false, forceUpdate: false, fate: spared }

/**
 * Looks at a world a few cycles after all faults ended: the lease is free, nothing is due, what is published is what is
 * recorded and what another cycle would decide, and as many live edges are healthy as if nothing had ever happened.
 */
export async function checkConvergence(world: World, last: Run, nextId: number): Promise<void> {
  const { watch } = world
  const { eyes, fail } = watch.publishing
  const { owner, leaseUntil, rotations } = eyes.state()
  if (owner !== null || leaseUntil !== null) fail('after the faults the lease is free', `${owner} has it`)
  const { report, network } = last
  if (report === null || (report.status !== 'ok' && report.status !== 'no_edges')) {
    fail('after the faults a cycle succeeds', `${report?.status}: ${report?.warnings.join('; ')}`)
    return
  }
  if (report.status === 'ok') checkNothingDue(last, watch.publishing)
  checkPushed(last, world.hostedZones, watch.publishing)
  const { dnschange_maxfreq, dnschange_window } = network.settings
  const spent = rotationsInWindow(rotations ?? [], last.startedAt, dnschange_window)
  if (dnschange_maxfreq > 0 && spent >= dnschange_maxfreq && report.rotationSuppressed) return
  const dry = await runOnce(world, coldInstance(world), nextId, { ...plainStart, kind: 'dry-run' })
  if (goesOn(last, dry)) return
  const planned = dry.report?.zones.filter(({ action }) => action !== 'unchanged' && action !== 'invalid') ?? []
  if (dry.report?.status !== report.status || dry.report.rotated || (report.status === 'ok' && planned.length > 0))
    fail('after the faults the next cycle has nothing to do', JSON.stringify({ planned, out: dry.report?.out }))
  // Where nobody can be live, whoever was stays recorded; of two edges with one address the live one takes part.
  const addresses = report.edges.flatMap(edge => edge.address ?? [])
  if (report.status === 'no_edges' || new Set(addresses).size < addresses.length) return
  const healthy = healthyIn(last)
  const expected = healthyIn(await ghostRun(world, nextId + 1))
  if (healthy !== expected)
    fail('after the faults as many healthy edges are live as without them', `${healthy} instead of ${expected}`)
}

/**
 * Whether the set moves on for as long as averages do: who reselects chooses afresh whenever a place has to be filled
 * (behaviour §4.3), as it has where one of the live edges is not below `goodenough`.
 */
function goesOn(last: Run, { report }: Run): boolean {
  const live = new Set(last.report?.edges.filter(edge => edge.state === 'in').map(({ edge }) => edge))
  const isShort = report?.edges.some(({ edge, judgement }) => live.has(edge) && judgement !== 'pass_threshold')
  return last.network.settings.rotation === 'reselect' && report?.rotated === true && isShort === true
}

function healthyIn({ report }: Run): number {
  return report?.edges.filter(edge => edge.state === 'in' && isPassing(edge.judgement)).length ?? 0
}

/** The last of some cycles in a world that has the same edges, configuration and orders, but no past. */
async function ghostRun(world: World, id: number): Promise<Run> {
  const ghost = world.withoutPast()
  const instance = coldInstance(ghost)
  let run = await runOnce(ghost, instance, id, plainStart)
  for (let more = 0; more < world.network.settings.up_after + 1; more++)
    run = await runOnce(ghost, instance, id, plainStart)
  return run
}
