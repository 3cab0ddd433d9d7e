import { clock } from '../../adapters/time/clock.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { lastPassIn } from '../../app/following/last-pass.ts'
import { fewOf } from '../../app/naming.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { runsToRead } from '../../core/history/history.ts'
import { followerMetrics } from '../../core/inspect/follower-metrics.ts'
import { metricsOf } from '../../core/inspect/network-metrics.ts'
import { renderMetrics } from '../../core/inspect/prometheus.ts'
import { tellLeftOut } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export interface MetricsFlags extends NetworkFlags {
  /** The folder of a follower, whose metrics are meant. */
  readonly to?: string
}

/** `edgemanage metrics`: the network, or all of them, or a follower, in the Prometheus text format. */
export async function metrics(flags: MetricsFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  if (flags.to !== undefined) {
    const report = await lastPassIn(flags.to)
    if (report === null) throw new Error(`no pass of a follower has finished in ${flags.to}`)
    terminal.out(renderMetrics(followerMetrics(report)))
    return exitStatus.success
  }
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
  const silent = states.filter(({ stored }) => stored.history.runs.length === 0).map(({ network }) => network.name)
  if (silent.length > 0) terminal.err(`edgemanage: no cycle has been recorded yet for ${fewOf(silent)}\n`)
  return exitStatus.success
}
