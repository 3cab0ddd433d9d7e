import { join } from 'node:path'
import { readOriginalFile } from '../../adapters/files/original-files.ts'
import { findOriginal, isAtHome, listOriginal } from '../../adapters/files/original-tree.ts'
import { messageOf } from '../../core/domain/message.ts'
import { inheritedTtls, originalTtl } from '../../core/legacy/inherited-ttls.ts'
import { mergeEdges } from '../../core/legacy/merged-edges.ts'
import { networkNameFrom, type OriginalPlaces, strangeComments } from '../../core/legacy/migrated-settings.ts'

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
  const notes: string[] = []
  const tree = { folder, atHome: isAtHome(folder, Object.values(places)), notes }
  const edges = folderOf(tree, places.edges ?? 'edges', 'edge lists')
  const zones = folderOf(tree, places.zones ?? 'zones', 'zone includes')
  const extra = places.extraEdges === null ? null : folderOf(tree, places.extraEdges, 'extra edge lists')
  const lists = listOriginal(edges)
  notes.push(...lists.folders.map(name => `${edges}/${name}: a folder among the edge lists was left out`))
  const readable = new Map(
    lists.files.flatMap(name => {
      const list = readIfPossible(join(String(edges), name), notes)
      return list === null ? [] : [[name, list] as const]
    }),
  )
  const renamed = newNames([...readable.keys()], notes)
  const files = new Map<string, Uint8Array>()
  for (const [name, list] of readable) {
    const network = renamed.get(name) ?? name
    const merged = withExtraEdges(list, extra, name, network, notes)
    files.set(`edges/${network}`, merged)
    notes.push(...commentNotes(network, Buffer.from(merged).toString('utf8')))
    const canaries = canariesOf(tree, places, name)
    if (canaries !== null) files.set(`canaries/${network}`, canaries)
    for (const [path, include] of includesOf(zones, name, network, notes)) files.set(path, include)
  }
  notes.push(...strangerNotes(tree, places, { zones, extra }, lists.files))
  return { names: [...readable.keys()].map(name => renamed.get(name) ?? name), renamed, files, notes }
}

/** A file's bytes; null, with a note, where they cannot be read. */
function readIfPossible(path: string, notes: string[]): Uint8Array | null {
  try {
    return readOriginalFile(path)
  } catch (error) {
    notes.push(`${path} cannot be read and was left out: ${messageOf(error)}`)
    return null
  }
}

/** The list with the edges that `extra_edgelist_dir` has for the network: to the original they were edges like any other. */
function withExtraEdges(list: Uint8Array, extra: string | null, name: string, network: string, notes: string[]) {
  if (extra === null || !listOriginal(extra).files.includes(name)) return list
  const more = readIfPossible(join(extra, name), notes)
  if (more === null) return list
  const { text, added } = mergeEdges(Buffer.from(list).toString('utf8'), Buffer.from(more).toString('utf8'))
  if (added.length === 0) return list
  notes.push(`edges/${network}: ${added.length} of extra_edgelist_dir added: ${listed(added)}`)
  return Buffer.from(text)
}

function canariesOf({ folder, atHome, notes }: Tree, { canaries }: OriginalPlaces, name: string): Uint8Array | null {
  const found = canaries === null ? null : findOriginal(folder, canaries.replaceAll('{dnet}', name), 'file', atHome)
  return found === null ? null : readIfPossible(found, notes)
}

/** What lies there for networks that there are not, or that the original did not use. */
function strangerNotes(
  { folder, atHome }: Tree,
  places: OriginalPlaces,
  { zones, extra }: { readonly zones: string | null; readonly extra: string | null },
  names: readonly string[],
): string[] {
  const canaries = places.canaries === null ? findOriginal(folder, 'canaries', 'folder', atHome) : null
  const unused = listOriginal(canaries).files.length > 0
  return [
    ...listOriginal(zones)
      .folders.filter(name => !names.includes(name))
      .map(name => `${zones}/${name}: there is no edge list of that name, so its zones were left out`),
    ...listOriginal(extra)
      .files.filter(name => !names.includes(name))
      .map(name => `${extra}/${name}: there is no edge list of that name, so its edges were left out`),
    ...(unused ? [`${canaries}: the settings have no canary_files, so the original used no canaries: left out`] : []),
  ]
}

const maxListed = 5

function listed(words: readonly (string | number)[]): string {
  const rest = words.length - maxListed
  return rest > 0 ? `${words.slice(0, maxListed).join(', ')} and ${rest} more` : words.join(', ')
}

/** Records whose TTL changes, because the original's zones have no `$TTL`. */
function ttlNotes(path: string, zone: string, include: Uint8Array): string[] {
  const changed = inheritedTtls(Buffer.from(include).toString('utf8'), zone)
  if (changed.length === 0) return []
  const were = [...new Set(changed.map(({ was }) => was))]
  const lines = `${changed.length === 1 ? 'line' : 'lines'} ${listed(changed.map(({ line }) => line))}`
  return [
    `${path}: ${lines}: without a TTL of its own a record had that of the record before it (${listed(were)}); here it has ${originalTtl} (dns.ttl): write the TTL into the line to keep it`,
  ]
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
    notes.push(`network ${name} is called ${free} here: names have lower-case letters, digits, - and _, at most 40`)
  }
  return renamed
}

function commentNotes(network: string, list: string): string[] {
  return strangeComments(list).map(
    ({ line, content }) =>
      `edges/${network}:${line}: '${content}' was an edge to the original; '#' starts a comment here`,
  )
}

function includesOf(
  zones: string | null,
  name: string,
  network: string,
  notes: string[],
): (readonly [string, Uint8Array])[] {
  if (zones === null) return []
  const { files, folders } = listOriginal(join(zones, name))
  const others = [...folders, ...files.filter(file => !file.endsWith('.zone'))]
  notes.push(...others.map(other => `${zones}/${name}/${other}: is not a .zone file, so it was left out`))
  return files.flatMap(file => {
    const include = file.endsWith('.zone') ? readIfPossible(join(zones, name, file), notes) : null
    if (include === null) return []
    const path = `zones/${network}/${file}`
    notes.push(...ttlNotes(path, file.slice(0, -'.zone'.length), include))
    return [[path, include] as const]
  })
}
