import { clock } from '../../adapters/time/clock.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import type { Network } from '../../core/config/network.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { inSeconds } from '../../core/domain/micros.ts'
import { isFailure } from '../../core/domain/model.ts'
import { counted } from '../../core/domain/printable.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import { failedWords } from '../../core/history/failure-words.ts'
import { hourMs } from '../../core/history/hour.ts'
import { chartOf } from '../../core/inspect/chart.ts'
import { hoursBefore } from '../../core/inspect/samples.ts'
import { lookAtPast, type Past } from '../../cycle/look.ts'
import { csvCell } from '../output/cells.ts'
import { lines } from '../output/report.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export interface HistoryFlags extends NetworkFlags {
  readonly hours: number
  readonly format?: 'csv' | 'json'
}

/** The chart's width where no terminal has one. */
const defaultWidth = 100

/** `edgemanage history EDGE`: the samples of an edge or a canary, as a chart or for programs. */
export async function history(
  edge: string,
  flags: HistoryFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { network } = await networkInForce(flags, env)
  const now = clock()
  const past = await withJournal(flags, env, journal => lookAtPast(network, journal, { edge, hours: flags.hours }, now))
  if (typeof past === 'string') throw new UsageError(past)
  if (flags.format === 'csv') terminal.out(csvOf(past))
  else if (flags.format === 'json') {
    terminal.out(
      [...hoursBefore(past.samples, past.hours), ...past.samples].map(one => `${JSON.stringify(one)}\n`).join(''),
    )
  } else {
    const width = Number.isFinite(terminal.width) ? terminal.width : defaultWidth
    terminal.out(lines(chartLines(past, network, { from: now - flags.hours * hourMs, to: now, width }, terminal)))
  }
  return exitStatus.success
}

function csvOf(past: Past): string {
  const rows = [
    ['time', 'fetch_seconds', 'outcome', 'judgement', 'live', 'average', 'took_seconds', 'detail'],
    ...hoursBefore(past.samples, past.hours).map(({ time, average }) => [
      time,
      '',
      '',
      '',
      '',
      String(average),
      '',
      '',
    ]),
    ...past.samples.map(({ time, fetchSeconds, outcome, judgement, live, tookSeconds, detail }) => [
      time,
      String(fetchSeconds ?? ''),
      outcome,
      judgement ?? '',
      String(live),
      '',
      String(tookSeconds ?? ''),
      detail ?? '',
    ]),
  ]
  return rows.map(row => `${row.map(csvCell).join(',')}\n`).join('')
}

/** "ok", or "bad_status (status 503 in 0.65 s)". */
function sampleWords({ outcome, ...failed }: Past['samples'][number]): string {
  const words = failedWords({ detail: outcome, ...failed })
  return words === outcome ? outcome : `${outcome} (${words})`
}

function chartLines(
  past: Past,
  { name, settings }: Network,
  span: { readonly from: number; readonly to: number; readonly width: number },
  { paint }: Terminal,
): string[] {
  const { samples, hours, edge } = past
  const failed = samples.filter(({ outcome }) => isFailure(outcome)).length
  const good = samples.flatMap(({ outcome, fetchSeconds }) => (outcome === 'ok' ? (fetchSeconds ?? []) : []))
  const mean =
    good.length === 0
      ? ''
      : `, good ones ${inSeconds(good.reduce((sum, one) => sum + one, 0) / good.length)} on average`
  const newest = samples.at(-1)
  const last = newest === undefined ? '' : `, the last at ${utcWords(Date.parse(newest.time))}: ${sampleWords(newest)}`
  return [
    `${paint('bold', edge)} in ${name}: ${counted(samples.length, 'sample')}, ${failed} failed${mean}${last}`,
    '',
    ...chartOf({ samples, hours: hoursBefore(samples, hours), goodenough: settings.goodenough, ...span }),
  ]
}
