import { clock } from '../adapters/clock.ts'
import { runsToRead } from '../core/history.ts'
import { metricsOf } from '../core/look/network-metrics.ts'
import { renderMetrics } from '../core/look/prometheus.ts'
import { chooseNetworks } from './configuration.ts'
import { exitStatus } from './errors.ts'
import type { NetworkFlags } from './flags.ts'
import { withJournal } from './looking.ts'
import { tellLeftOut } from './tell.ts'
import type { Terminal } from './terminal.ts'

/** `edgemanage metrics`: the network, or all of them, in the Prometheus text format. */
export async function metrics(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { chosen, faults } = chooseNetworks(flags, env)
  const networks = chosen.map(({ network }) => network)
  const states = await withJournal(flags, env, journal =>
    Promise.all(
      networks.map(async network => {
        const { stored, lastCycle } = await journal.overview(network.name, runsToRead(network.settings), {
          zones: false,
        })
        return { network, stored, lastCycle }
      }),
    ),
  )
  tellLeftOut(faults, terminal)
  terminal.out(renderMetrics(metricsOf(states, clock())))
  for (const { network, stored } of states) {
    if (stored.history.runs.length === 0) terminal.err(`edgemanage: ${network.name}: no cycle is recorded yet\n`)
  }
  return exitStatus.success
}
