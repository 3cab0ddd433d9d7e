import { clock } from '../../adapters/time/clock.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { runsToRead } from '../../core/history/history.ts'
import { metricsOf } from '../../core/inspect/network-metrics.ts'
import { renderMetrics } from '../../core/inspect/prometheus.ts'
import { tellLeftOut } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

/** `edgemanage metrics`: the network, or all of them, in the Prometheus text format. */
export async function metrics(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { chosen, faults } = await networksInForce(flags, env)
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
