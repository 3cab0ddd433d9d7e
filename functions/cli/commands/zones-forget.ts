import { clock, monotonic, sleep } from '../../adapters/time/clock.ts'
import { anyNetworkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { readTemplates } from '../../app/templates.ts'
import { withStorage } from '../../app/with-storage.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { untilWords } from '../../core/domain/time-words.ts'
import { type Forgotten, forgetZone } from '../../cycle/forget-zone.ts'
import type { Terminal } from '../output/terminal.ts'

/** How long the command waits for a cycle that works: milliseconds. */
const patienceMs = 10_000

/**
 * `edgemanage zones forget ZONE…`: the operator's word for zones that left the configuration, or whose network did
 * (behaviour §7.6).
 */
export async function forgetZones(
  names: readonly string[],
  flags: NetworkFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const open = storageAt(existingPlaceOf(flags, env), env)
  const { name: network, zones: configured, isGone } = await anyNetworkInForce(flags, env)
  const zones = names.map(name => name.toLowerCase().replace(/\.$/, ''))
  for (const zone of zones.filter(one => configured.includes(one))) {
    throw new UsageError(`zone ${zone} is still in the configuration of ${network}: remove it there first`)
  }
  const forgetful = { name: network, isGone, namedConfTemplate: readTemplates().namedConf }
  for (const zone of zones) {
    const outcome = await withStorage(open, false, ({ table, bucket }) =>
      forgetZone(forgetful, zone, patienceMs, { table, bucket, clock, monotonic, sleep }),
    )
    for (const warning of warningsOf(outcome, zone, network)) terminal.err(`edgemanage: ${warning}\n`)
    terminal.out(`zone ${zone} of ${network} is forgotten\n`)
  }
  return exitStatus.success
}

/** The warnings of a zone that is forgotten; throws, in words, where it is not. */
export function warningsOf(outcome: Forgotten, zone: string, network: string): readonly string[] {
  switch (outcome.status) {
    case 'forgotten':
      return outcome.warnings
    case 'never published':
      throw new UsageError(`zone ${zone} was never published in ${network}`)
    case 'live set lost':
      throw new Error(`the live set of ${network} is not recorded: run a cycle first`)
    case 'locked':
      throw new Error(`another run holds the lease of ${network}${untilWords(outcome.until)}: try again afterwards`)
  }
}
