import type { Network } from '../core/config/network.ts'
import type { Told } from '../core/config/told.ts'
import { runsToRead } from '../core/history/history.ts'
import type { TakeUp } from './configuration/take-up.ts'
import type { SamplesWanted } from './ports/ports.ts'
import type { Cycle, CycleOptions } from './probe-and-decide.ts'

/** What a run that takes up its configuration does not know before. */
export type OpenOptions = Omit<CycleOptions, 'templates' | 'problems'>

/** The network of a cycle, and how it takes up the configuration in force; left out: that is given. */
export interface Subject {
  readonly name: string
  readonly takeUp?: TakeUp
}

/** A run before it has read what is in force; with `network: null` it has to. */
export type Given =
  | { readonly network: Network; readonly options: CycleOptions }
  | { readonly network: null; readonly options: OpenOptions }

/** A run under way; `cycle` is there as soon as its configuration is. */
export interface Start extends Pick<Cycle, 'ports' | 'now' | 'elapsedMs'> {
  readonly subject: Subject
  readonly given: Given
  cycle: Cycle | null
  /** What it tells of its configuration; null before that is known. */
  told: Told | null
}

/** How many recorded cycles the configuration in force looks back on: it is taken up to know. */
export function samplesOf(start: Start): SamplesWanted {
  const { subject, given, ports, now, elapsedMs } = start
  const base = { ports, now, elapsedMs }
  if (given.network !== null) {
    start.cycle = { ...base, ...given }
    return runsToRead(given.network.settings)
  }
  return async desired => {
    if (subject.takeUp === undefined) throw new Error('no configuration is given')
    const inUse = await subject.takeUp(desired, { now, dryRun: given.options.dryRun })
    const { network, templates, problems } = inUse.loaded
    const announce = ports.announceFor?.(network) ?? ports.announce
    const askVantage = ports.askVantageFor?.(network) ?? ports.askVantage
    const options = { ...given.options, templates, problems: inUse.problems ?? problems }
    start.cycle = { ...base, ports: { ...ports, announce, askVantage }, network, options, inUse }
    return runsToRead(network.settings)
  }
}

/** What is known of a run for a report that ends early. */
export function early({ subject, given, now }: Start) {
  return { network: { name: subject.name }, options: given.options, now }
}
