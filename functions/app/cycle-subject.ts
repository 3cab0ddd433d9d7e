import { join } from 'node:path'
import { sleep } from '../adapters/time/clock.ts'
import type { Problem } from '../core/config/problem.ts'
import { isStopping, problemsFor } from '../core/config/stopping.ts'
import { UsageError } from '../core/domain/errors.ts'
import type { FolderLook } from '../cycle/configuration/take-up-folder.ts'
import { ConfigurationFault } from './configuration-fault.ts'
import { type FolderView, viewFolder } from './folder-view.ts'
import { configDirOf, dnetOf, fewOf, namesOf } from './naming.ts'
import type { NetworkFlags } from './network-flags.ts'
import { networksKept } from './network-in-force.ts'
import { compiledAt, type OpenStorage, type Storage } from './open-storage.ts'
import type { Place } from './target.ts'
import { withStorage } from './with-storage.ts'

/** Between two readings of a folder that may be half written. */
const readingsApartMs = 150

/** The network of a cycle, with what the configuration folder has of it at this moment. */
export interface CycleSubject {
  readonly name: string
  readonly reading: FolderLook
  /** Reads the folder once more, a little later. */
  readonly again: () => Promise<FolderLook>
  /** Keeps the verdict on the folder for the next process. Never throws. */
  readonly keep: () => Promise<void>
  /** The folder is taken up when it changes (behaviour §11.7). */
  readonly isLocal: boolean
  /** The folder is only tried out: its configuration is used, whatever is in force. */
  readonly isTried?: boolean
  /** All that is wrong with the folder, as far as it concerns the network. */
  readonly problems: readonly Problem[]
  /** How many networks of the folder push to Route 53. */
  readonly pushingNetworks: number
}

/** Networks of which cycles are asked for, and what keeps others from having one. */
export interface CycleSubjects {
  /** Never empty. */
  readonly subjects: readonly CycleSubject[]
  /** Whether one network is meant: named, or the only one there is. */
  readonly isOne: boolean
  /** Errors of the networks that are left out: nothing was ever in force for them. */
  readonly faults: readonly Problem[]
}

/**
 * The network that a cycle is asked for, whatever state the folder is in, as long as something is in force. Throws
 * `ConfigurationFault` where the folder has errors and nothing ever was, `UsageError` for a network that nobody knows.
 */
export async function chooseSubject(asked: Asked): Promise<CycleSubject> {
  const work = await workingOn(asked)
  const known = await knownTo(work)
  const name = work.dnet ?? (known.length === 1 ? known[0] : undefined)
  if (name === undefined && known.length > 1) {
    throw new UsageError(`say which network with -A or EDGEMANAGE_NETWORK: ${fewOf(known)}`)
  }
  return onlySubject(work, name)
}

/** The same for the network that is named, or all that can have a cycle. Throws where none can. */
export async function chooseSubjects(asked: Asked): Promise<CycleSubjects> {
  const work = await workingOn(asked)
  const known = await knownTo(work)
  if (work.dnet !== undefined || known.length <= 1) {
    return { subjects: [await onlySubject(work, work.dnet ?? known[0])], isOne: true, faults: [] }
  }
  const subjects: CycleSubject[] = []
  const out = new Set<string>()
  for (const name of known) {
    const subject = await subjectOf(work, name)
    if (subject === null) out.add(name)
    else subjects.push(subject)
  }
  const errors = work.view.configuration.problems.filter(isStopping)
  if (subjects.length === 0) throw new ConfigurationFault(work.folder, errors)
  const faults = errors.filter(({ network }) => network !== null && out.has(network))
  return { subjects, isOne: false, faults }
}

/** What was asked for: flags and environment, and the storage in which it is looked for. */
export interface Asked {
  readonly flags: NetworkFlags
  readonly env: NodeJS.ProcessEnv
  readonly place: Place
  readonly open: OpenStorage
}

/** A folder as it is, and where its networks are kept. */
interface Work {
  readonly folder: string
  readonly read: () => Promise<FolderView>
  readonly view: FolderView
  /** The network that is named. */
  readonly dnet: string | undefined
  readonly isLocal: boolean
  readonly open: OpenStorage
}

async function workingOn({ flags, env, place, open }: Asked): Promise<Work> {
  const folder = configDirOf(flags.config, env)
  const read = () => viewFolder(folder, compiledAt(place))
  return { folder, read, view: await read(), dnet: dnetOf(flags, env), isLocal: place.kind === 'local', open }
}

/** The networks of the folder; where it has none, or is too broken to tell, those of which something is kept. */
async function knownTo({ view, dnet, open }: Work): Promise<readonly string[]> {
  const names = namesOf(view.configuration)
  return dnet === undefined && names.length === 0 ? looking(open, networksKept) : names
}

async function onlySubject(work: Work, name: string | undefined): Promise<CycleSubject> {
  const { folder, view } = work
  const { configuration } = view
  const names = namesOf(configuration)
  const errors = configuration.problems.filter(isStopping)
  if (name === undefined) {
    if (configuration.networks.length === 0 && errors.length > 0) throw new ConfigurationFault(folder, errors)
    throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
  }
  const subject = await subjectOf(work, name)
  if (subject !== null) return subject
  const isUnknown = !names.includes(name) && errors.length === 0 && names.length > 0
  if (isUnknown) throw new UsageError(`there is no network ${name}; known: ${fewOf(names)}`)
  if (names.length === 0 && errors.length === 0) {
    throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
  }
  const reading = view.look(name)
  throw new ConfigurationFault(folder, reading.is === 'invalid' ? reading.problems : errors)
}

/** A network of the folder, or one of which something is kept; null where its part of the folder is invalid and nothing ever was in force. */
async function subjectOf({ read, view, isLocal, open }: Work, name: string): Promise<CycleSubject | null> {
  const { configuration } = view
  const reading = view.look(name)
  if (reading.is === 'invalid' && !(await isInForce(open, name))) return null
  const pushing = configuration.networks.filter(({ settings }) => settings.route53.enabled)
  const again = async () => {
    await sleep(readingsApartMs)
    return (await read()).look(name)
  }
  const found = problemsFor(configuration, name)
  const more = reading.is === 'invalid' ? reading.problems.filter(problem => !found.includes(problem)) : []
  const problems = [...more, ...found]
  const { keep } = view
  return { name, reading, again, keep, isLocal, problems, pushingNetworks: Math.max(1, pushing.length) }
}

/** Whether anything was ever put in force for a network. */
async function isInForce(open: OpenStorage, network: string): Promise<boolean> {
  return looking(open, async ({ configurations }) => {
    const { pointer, taken } = await configurations.read(network)
    return pointer !== null || taken !== null
  })
}

function looking<T>(open: OpenStorage, look: (storage: Storage) => Promise<T>): Promise<T> {
  return withStorage(open, true, look)
}
