import { join, resolve } from 'node:path'
import { configFolder } from '../adapters/files/config-folder.ts'
import { compiledName, compiledText, readCompiled } from '../core/config/compiled.ts'
import { isUnchanged, memoName, memoText, readMemo, type Sources, traced } from '../core/config/folder-memo.ts'
import type { FolderReading } from '../core/config/folder-reading.ts'
import type { Loaded } from '../core/config/loaded.ts'
import { readOnce } from '../core/config/read-once.ts'
import { type Configuration, isStopping, missing, problemsFor } from '../core/config/stopping.ts'
import type { FolderLook } from '../cycle/configuration/take-up-folder.ts'
import { type Compiled, nothingCompiled } from '../cycle/ports/compiled.ts'
import { root } from './package-files.ts'

/** A configuration folder as it is at one moment. */
export interface FolderView {
  readonly configuration: Configuration
  readonly look: (network: string) => FolderLook
  /** Keeps the verdict on the folder, for anyone who looks at it next while it is unchanged. Never throws. */
  readonly keep: () => Promise<void>
}

/**
 * Reads a configuration folder; checks it unless it is as it was when it was last found to be without errors, by this
 * version of the product. Its files are read in any case: no time stamp counts.
 */
export async function viewFolder(folder: string, compiled: Compiled): Promise<FolderView> {
  const sources = sourcesOf(folder)
  return knownView(folder, sources, compiled) ?? checkedView(folder, compiled)
}

function sourcesOf(folder: string): Sources {
  return { source: readOnce(configFolder(folder)), templates: readOnce(configFolder(join(root, 'templates'))) }
}

/** The folder as it was checked before; null where it, or the product, is another one now. */
function knownView(folder: string, sources: Sources, compiled: Compiled): FolderView | null {
  const memo = readMemo(compiled.read(memoName(resolve(folder))))
  if (memo === null || !isUnchanged(memo.trace, sources)) return null
  const known = new Map<string, Loaded>()
  for (const [name, hash] of memo.networks) {
    const loaded = readCompiled(compiled.read(compiledName(hash)), hash)
    if (loaded === null) return null
    known.set(name, loaded)
  }
  const { problems } = memo
  const configuration = { networks: [...known.values()].map(({ network }) => network), problems }
  return {
    configuration,
    look: name => {
      const loaded = known.get(name)
      if (loaded === undefined) return { is: 'invalid', problems: [missing(name)] }
      const parts = async () => {
        const { readingOf, snapshotOf } = await import('../core/config/folder-reading.ts')
        return validOnly(readingOf(snapshotOf(sources.source, sources.templates), name))
      }
      return { is: 'valid', loaded: { ...loaded, problems: problemsFor(configuration, name) }, parts }
    },
    keep: async () => {},
  }
}

async function checkedView(folder: string, compiled: Compiled): Promise<FolderView> {
  const { readingOf, snapshotOf } = await import('../core/config/folder-reading.ts')
  const sources = traced(sourcesOf(folder))
  const snapshot = snapshotOf(sources.source, sources.templates)
  const { configuration } = snapshot
  const readings = new Map<string, FolderReading>()
  const read = (name: string) => {
    const reading = readings.get(name) ?? readingOf(snapshot, name)
    readings.set(name, reading)
    return reading
  }
  return {
    configuration,
    look: name => {
      const reading = read(name)
      return reading.is === 'valid' ? { is: 'valid', loaded: reading.loaded, parts: async () => reading } : reading
    },
    keep: async () => {
      if (compiled === nothingCompiled || configuration.problems.some(isStopping)) return
      const valid = configuration.networks.map(({ name }) => validOnly(read(name)))
      const trace = sources.trace()
      if (!(await keepBundles(valid, compiled))) return
      const networks = new Map(valid.map(({ loaded }) => [loaded.network.name, loaded.hash]))
      compiled.keep(memoName(resolve(folder)), memoText({ trace, networks, problems: configuration.problems }))
    },
  }
}

/** Keeps the verdict on each bundle, as it is found in a bucket; false where one of them cannot be kept. */
async function keepBundles(valid: readonly Valid[], compiled: Compiled): Promise<boolean> {
  const { loadBundle } = await import('../core/config/loaded.ts')
  for (const { loaded, bundle } of valid) {
    const checked = loadBundle(loaded.network.name, bundle)
    const text = 'loaded' in checked ? compiledText(checked.loaded) : null
    if (text === null) return false
    const name = compiledName(loaded.hash)
    if (compiled.read(name) !== text) compiled.keep(name, text)
  }
  return true
}

type Valid = Extract<FolderReading, { is: 'valid' }>

/** For networks that are known to be without errors. */
function validOnly(reading: FolderReading): Valid {
  if (reading.is === 'invalid') throw new Error('a network without errors has errors')
  return reading
}
