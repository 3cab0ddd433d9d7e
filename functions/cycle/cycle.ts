import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import type { Report } from '../core/report.ts'
import type { Ports } from './ports.ts'

/** How one cycle is to be run. Times are whole milliseconds or seconds as named. */
export interface CycleOptions {
  readonly dryRun: boolean
  /** Skips the `too_soon` rule (behaviour §8.2). */
  readonly force: boolean
  /** Writes every zone, changed or not (behaviour §7.2). */
  readonly forceUpdate: boolean
  /** Adds the phases of every probe to the report. */
  readonly verbose: boolean
  /** The run ends itself after so many seconds (behaviour §8.1). */
  readonly maxSeconds: number
  /** The text of `templates/zone.hbs` and `templates/named.conf.hbs`. */
  readonly templates: { readonly zone: string; readonly namedConf: string }
  /** Warnings about the configuration, for the report. */
  readonly problems: readonly Problem[]
}

/** Runs one cycle of one network. Never rejects: what went wrong is in the report (`failed`, warnings). */
export async function runCycle(_network: Network, _options: CycleOptions, _ports: Ports): Promise<Report> {
  throw new Error('being written')
}
