import { statSync } from 'node:fs'
import { configFolder } from '../adapters/files/config-folder.ts'
import { openFolder } from '../app/open-ports.ts'
import { edgeFaults, editEdgeList } from '../core/config/edge-list-edit.ts'
import { type ConfigSource, readText } from '../core/config/source.ts'
import { networkName } from '../core/config/stopping.ts'
import { InvalidInput } from '../core/domain/errors.ts'
import { byName } from '../core/domain/model.ts'

/** By network, the names or addresses of its edges. */
export type EdgeLists = ReadonlyMap<string, readonly string[]> | Readonly<Record<string, readonly string[]>>

/** What became of each network's list; names sorted, each in one of the four. */
export interface WrittenEdgeLists {
  readonly created: readonly string[]
  readonly updated: readonly string[]
  readonly deleted: readonly string[]
  readonly unchanged: readonly string[]
}

/** Edge lists that cannot be written; nothing was touched. */
export class InvalidEdgeLists extends InvalidInput {
  override readonly name = 'InvalidEdgeLists'
  /** Every reason, one line each. */
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'))
    this.reasons = reasons
  }
}

/**
 * Makes the edge lists of a configuration folder match this map: those of networks that are not in it are deleted, the
 * others are written where they differ, each whole or not at all. Comments stay, and so do the lines of edges that stay;
 * a list with the same edges is not touched. Rejects with `InvalidEdgeLists`, before anything is touched, where a
 * network's name or an edge is not possible (contract, "Folders") or the folder is not there.
 */
export async function writeEdgeLists(configDir: string, lists: EdgeLists): Promise<WrittenEdgeLists> {
  return writePlanned(configDir, planEdgeLists(configDir, lists))
}

/** Edge lists that are to be written, and what becomes of each network's. */
export interface PlannedEdgeLists {
  /** By path in the folder, those that differ: the new text; null where it is to be deleted. */
  readonly texts: ReadonlyMap<string, string | null>
  readonly fates: WrittenEdgeLists
}

/** Plans the same; writes nothing. Throws `InvalidEdgeLists`. */
export function planEdgeLists(configDir: string, lists: EdgeLists): PlannedEdgeLists {
  const wanted = new Map(lists instanceof Map ? lists : Object.entries(lists))
  check(configDir, wanted)
  const source = configFolder(configDir)
  const present = (source.list('edges') ?? []).filter(name => networkName.test(name))
  const texts = new Map<string, string | null>()
  const fates = { created: [], updated: [], deleted: [], unchanged: [] } as Record<keyof WrittenEdgeLists, string[]>
  for (const network of [...new Set([...present, ...wanted.keys()])].sort(byName)) {
    const old = textOf(source, network, present)
    const edges = wanted.get(network)
    const text = edges === undefined ? undefined : editEdgeList(old, edges)
    if (text === undefined || text !== old) texts.set(`edges/${network}`, text ?? null)
    fates[fateOf(text, old, present.includes(network))].push(network)
  }
  return { texts, fates }
}

/** Writes what was planned, each list whole or not at all. */
export async function writePlanned(configDir: string, { texts, fates }: PlannedEdgeLists): Promise<WrittenEdgeLists> {
  const files = openFolder(configDir)
  for (const [path, text] of texts) {
    if (text === null) await files.delete(path)
    else await files.put(path, text)
  }
  return fates
}

/** The configuration folder as it will be with these lists. */
export function plannedSource(configDir: string, { texts }: PlannedEdgeLists): ConfigSource {
  const source = configFolder(configDir)
  const isGone = (path: string) => texts.get(path) === null
  return {
    ...source,
    list: folder => {
      const names = source.list(folder)
      if (folder !== 'edges') return names
      const added = [...texts.keys()].map(path => path.slice('edges/'.length))
      return [...new Set([...(names ?? []), ...added])].filter(name => !isGone(`edges/${name}`))
    },
    read: path => {
      const text = texts.get(path)
      return text === undefined ? source.read(path) : text === null ? null : Buffer.from(text)
    },
  }
}

function fateOf(text: string | undefined, old: string | null, wasThere: boolean): keyof WrittenEdgeLists {
  if (text === undefined) return 'deleted'
  if (!wasThere) return 'created'
  return text === old ? 'unchanged' : 'updated'
}

function check(configDir: string, wanted: ReadonlyMap<string, readonly string[]>): void {
  const reasons = [...wanted].flatMap(([network, edges]) => [
    ...(networkName.test(network) ? [] : [`'${network}' is not a valid network name`]),
    ...edgeFaults(edges).map(fault => `${network}: ${fault}`),
  ])
  if (statSync(configDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    reasons.unshift(`${configDir} is not a folder`)
  }
  if (reasons.length > 0) throw new InvalidEdgeLists(reasons)
}

/** A network's list as it is; null where there is none, or none that is text. */
function textOf(source: ReturnType<typeof configFolder>, network: string, present: readonly string[]): string | null {
  const found = present.includes(network) ? readText(source, `edges/${network}`) : null
  return found !== null && 'text' in found ? found.text : null
}
