import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findOriginal, isAtHome, listOriginal } from '../adapters/original-tree.ts'
import { networkNameFrom, type OriginalPlaces, strangeComments } from '../core/original/migrated-settings.ts'

/** The original's networks: their files by new path, and what is to be said about them. */
export interface GatheredNetworks {
  /** The new names. */
  readonly names: readonly string[]
  /** By the original's name, where the new one differs. */
  readonly renamed: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly notes: readonly string[]
}

/** Gathers edge lists, canaries and includes of every network from where the settings say that they lie. */
export function gatherNetworks(folder: string, places: OriginalPlaces): GatheredNetworks {
  const atHome = isAtHome(folder, Object.values(places))
  const notes: string[] = []
  const edges = folderOf({ folder, atHome, notes }, places.edges ?? 'edges', 'edge lists')
  const zones = folderOf({ folder, atHome, notes }, places.zones ?? 'zones', 'zone includes')
  const lists = listOriginal(edges)
  notes.push(...lists.folders.map(name => `${edges}/${name}: a folder among the edge lists was left out`))
  const renamed = newNames(lists.files, notes)
  const files = new Map<string, Uint8Array>()
  for (const name of lists.files) {
    const network = renamed.get(name) ?? name
    const list = readFileSync(join(String(edges), name))
    files.set(`edges/${network}`, list)
    notes.push(...commentNotes(network, list.toString('utf8')))
    const canaryPath = (places.canaries ?? 'canaries/{dnet}').replaceAll('{dnet}', name)
    const canaries = findOriginal(folder, canaryPath, 'file', atHome)
    if (canaries !== null) files.set(`canaries/${network}`, readFileSync(canaries))
    for (const [path, include] of includesOf(zones, name, network, notes)) files.set(path, include)
  }
  const strangers = listOriginal(zones).folders.filter(name => !lists.files.includes(name))
  notes.push(
    ...strangers.map(name => `${zones}/${name}: there is no edge list of that name, so its zones were left out`),
  )
  return { names: lists.files.map(name => renamed.get(name) ?? name), renamed, files, notes }
}

interface Tree {
  readonly folder: string
  readonly atHome: boolean
  readonly notes: string[]
}

function folderOf({ folder, atHome, notes }: Tree, path: string, what: string): string | null {
  const found = findOriginal(folder, path, 'folder', atHome)
  if (found === null) notes.push(`no ${what} were found: there is no ${path}, neither in ${folder} nor by itself`)
  return found
}

/** New names for networks whose own are not possible here; each once. */
function newNames(names: readonly string[], notes: string[]): Map<string, string> {
  const renamed = new Map<string, string>()
  const taken = new Set(names.filter(name => networkNameFrom(name) === name))
  for (const name of names.filter(name => !taken.has(name))) {
    const base = networkNameFrom(name) || 'network'
    let free = base
    for (let n = 2; taken.has(free); n++) free = `${base.slice(0, 36)}-${n}`
    taken.add(free)
    renamed.set(name, free)
    notes.push(`network ${name} is called ${free} here: names are small letters, digits, - and _, at most 40`)
  }
  return renamed
}

function commentNotes(network: string, list: string): string[] {
  return strangeComments(list).map(
    ({ line, content }) =>
      `edges/${network}:${line}: '${content}' was an edge to the original; '#' starts a comment here`,
  )
}

function includesOf(zones: string | null, name: string, network: string, notes: string[]): [string, Uint8Array][] {
  if (zones === null) return []
  const { files, folders } = listOriginal(join(zones, name))
  const others = [...folders, ...files.filter(file => !file.endsWith('.zone'))]
  notes.push(...others.map(other => `${zones}/${name}/${other}: is no .zone file, so it was left out`))
  return files
    .filter(file => file.endsWith('.zone'))
    .map(file => [`zones/${network}/${file}`, readFileSync(join(zones, name, file))])
}
