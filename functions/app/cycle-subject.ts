import { join } from 'node:path'
import { configFolder } from '../adapters/files/config-folder.ts'
import { sleep } from '../adapters/time/clock.ts'
import type { NetworkFlags } from '../cli/input/flags.ts'
import { isStopping, problemsFor } from '../core/config/configuration.ts'
import { type FolderReading, readingOf, snapshotOf } from '../core/config/folder-reading.ts'
import type { Problem } from '../core/config/problem.ts'
import { configDirOf, fewOf, namesOf } from './choose-network.ts'
import { networksKept } from './configuration/state.ts'
import { ConfigurationFault, UsageError } from './errors.ts'
import type { OpenStorage } from './open-storage.ts'
import { root } from './package-files.ts'
import type { Place } from './target.ts'

/** Between two readings of a folder that may be half written. */
const readingsApartMs = 150

/** The network of a cycle, with what the configuration folder has of it at this moment. */
export interface CycleSubject {
  readonly name: string
  readonly reading: FolderReading
  /** Reads the folder once more, a little later. */
  readonly again: () => Promise<FolderReading>
  /** The folder is taken up when it changes (behaviour §11.7). */
  readonly isLocal: boolean
  /** The folder is only tried out: its configuration is used, whatever is in force. */
  readonly isTried?: boolean
  /** All that is wrong with the folder, as far as it concerns the network. */
  readonly problems: readonly Problem[]
  /** How many networks of the folder push to Route 53. */
  readonly pushingNetworks: number
}

/**
 * The network that a cycle is asked for, whatever state the folder is in, as long as something is in force. Throws
 * `ConfigurationFault` where the folder has errors and nothing ever was, `UsageError` for a network that nobody knows.
 */
export async function chooseSubject(
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
  place: Place,
  open: OpenStorage,
): Promise<CycleSubject> {
  const folder = configDirOf(flags.config, env)
  const read = () => snapshotOf(configFolder(folder), configFolder(join(root, 'templates')))
  const snapshot = read()
  const { configuration } = snapshot
  const names = namesOf(configuration)
  const isSound = configuration.networks.length > 0
  const known = flags.dnet === undefined && names.length === 0 ? await looking(open, [], networksKept) : names
  const name = flags.dnet ?? (known.length === 1 ? known[0] : undefined)
  const errors = configuration.problems.filter(isStopping)
  if (name === undefined) {
    if (known.length > 1) throw new UsageError(`say which network with -A: ${fewOf(known)}`)
    if (!isSound && errors.length > 0) throw new ConfigurationFault(folder, errors)
    throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
  }
  const reading = readingOf(snapshot, name)
  if (reading.is === 'invalid' && !(await isInForce(open, name))) {
    const isUnknown = !names.includes(name) && errors.length === 0 && names.length > 0
    if (isUnknown) throw new UsageError(`there is no network ${name}; known: ${fewOf(names)}`)
    if (names.length === 0 && errors.length === 0) {
      throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
    }
    throw new ConfigurationFault(folder, reading.problems)
  }
  const pushing = configuration.networks.filter(({ settings }) => settings.route53.enabled)
  const again = async () => {
    await sleep(readingsApartMs)
    return readingOf(read(), name)
  }
  const found = problemsFor(configuration, name)
  const more = reading.is === 'invalid' ? reading.problems.filter(problem => !found.includes(problem)) : []
  const problems = [...more, ...found]
  const pushingNetworks = Math.max(1, pushing.length)
  return { name, reading, again, isLocal: place.kind === 'local', problems, pushingNetworks }
}

/** Whether anything was ever put in force for a network. */
async function isInForce(open: OpenStorage, network: string): Promise<boolean> {
  return looking(open, false, async ({ configurations }) => {
    const { pointer, taken } = await configurations.read(network)
    return pointer !== null || taken !== null
  })
}

async function looking<T>(
  open: OpenStorage,
  otherwise: T,
  look: (storage: Extract<Awaited<ReturnType<OpenStorage>>, { bucket: unknown }>) => Promise<T>,
): Promise<T> {
  const storage = await open({ readOnly: true, waitMs: 0 })
  if ('taken' in storage) return otherwise
  try {
    return await look(storage)
  } finally {
    await storage.close()
  }
}
