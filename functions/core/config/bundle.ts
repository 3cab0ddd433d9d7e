import { createHash } from 'node:crypto'
import { isMap } from '../domain/is-map.ts'
import { byName } from '../domain/model.ts'
import { hashText } from '../zone/hash.ts'

/** The form of bundles that this version writes and reads. */
const bundleVersion = 1
/** The parts over which zone includes are spread by their paths: a changed one costs some kilobytes among 10,000. */
const zoneGroups = 128

/** A network's bundle as objects of the bucket (behaviour §11.1). */
export interface Bundle {
  /** SHA-256 of its root object, hexadecimal. */
  readonly hash: string
  /** By SHA-256: the texts of all its objects, the root included. */
  readonly objects: ReadonlyMap<string, string>
}

/** One file as it is kept: a text as it is, other bytes as base64. */
interface Kept {
  readonly sha256: string
  readonly base64?: true
}

/** The root object of a bundle: where its files are. */
export interface BundleRoot {
  readonly network: string
  /** By path in the folder: every file that is not a zone include. */
  readonly files: Readonly<Record<string, Kept>>
  /** The hash of the object that lists the hashes of the zone parts; null where there are no zones. */
  readonly zones: string | null
}

/** The files of one network (`networkFolder`), by path, as a bundle. The same files always give the same objects. */
export function bundleOf(network: string, files: ReadonlyMap<string, Uint8Array>): Bundle {
  const objects = new Map<string, string>()
  const keep = (text: string) => {
    const sha256 = hashText(text)
    objects.set(sha256, text)
    return sha256
  }
  const all = [...files].sort(([a], [b]) => byName(a, b))
  const isInclude = (path: string) => path.startsWith(`zones/${network}/`)
  const others = all.filter(([path]) => !isInclude(path))
  const kept = others.map(([path, bytes]): [string, Kept] => {
    const text = asText(bytes)
    if (text !== null) return [path, { sha256: keep(text) }]
    return [path, { sha256: keep(Buffer.from(bytes).toString('base64')), base64: true }]
  })
  const groups = groupsOf(all.filter(([path]) => isInclude(path)))
  const index = groups.map(group => keep(JSON.stringify(Object.fromEntries(group))))
  const zones = index.length === 0 ? null : keep(JSON.stringify(index))
  const root = { version: bundleVersion, network, files: Object.fromEntries(kept), zones }
  return { hash: keep(JSON.stringify(root)), objects }
}

type Row = readonly [path: string, content: string | readonly [base64: string]]

/** The includes in groups by a hash of their paths; a group without any is left out. */
function groupsOf(includes: readonly (readonly [string, Uint8Array])[]): Row[][] {
  const groups: Row[][] = Array.from({ length: zoneGroups }, () => [])
  for (const [path, bytes] of includes) {
    const at = (createHash('sha256').update(path).digest()[0] as number) % zoneGroups
    groups[at]?.push([path, asText(bytes) ?? [Buffer.from(bytes).toString('base64')]])
  }
  return groups.filter(group => group.length > 0)
}

/** The text of these bytes (UTF-8); null where they are none, or where a byte order mark might get lost. */
function asText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.startsWith('\ufeff') ? null : text
  } catch {
    return null
  }
}

/** A root object as it was read from the bucket; a text says what is wrong with it. Never throws. */
export function readBundleRoot(text: string, network: string): BundleRoot | string {
  const root = parsed(text)
  if (!isMap(root)) return 'it is not a bundle'
  if (root.version !== bundleVersion) {
    return `it has the form of another version of edgemanage (${String(root.version)}, not ${bundleVersion})`
  }
  if (root.network !== network) return `it belongs to the network ${String(root.network)}`
  const { files, zones } = root
  const isSound = isMap(files) && Object.values(files).every(isKept) && (zones === null || typeof zones === 'string')
  return isSound ? { network, files: files as BundleRoot['files'], zones } : 'it is not a bundle'
}

/** The hashes in the object that lists the zone parts; null where it is no such list. */
export function readZoneIndex(text: string): string[] | null {
  const index = parsed(text)
  return Array.isArray(index) && index.every(one => typeof one === 'string') ? index : null
}

/**
 * The files of a bundle by path, given its root, the hashes in its zone index, and all of its objects by hash. Null where an
 * object is missing or is not part of a bundle.
 */
export function bundleFiles(
  { files, network }: BundleRoot,
  index: readonly string[],
  objects: ReadonlyMap<string, string>,
): Map<string, Uint8Array> | null {
  const found = new Map<string, Uint8Array>()
  for (const [path, { sha256, base64 }] of Object.entries(files)) {
    const text = objects.get(sha256)
    if (text === undefined) return null
    found.set(path, Buffer.from(text, base64 === true ? 'base64' : 'utf8'))
  }
  for (const hash of index) {
    const group = parsed(objects.get(hash) ?? '')
    if (!isMap(group)) return null
    for (const [path, content] of Object.entries(group)) {
      const bytes = asBytes(content)
      if (bytes === null || !path.startsWith(`zones/${network}/`)) return null
      found.set(path, bytes)
    }
  }
  return found
}

function asBytes(content: unknown): Uint8Array | null {
  if (typeof content === 'string') return Buffer.from(content, 'utf8')
  const [base64] = Array.isArray(content) ? content : []
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : null
}

function isKept(value: unknown): boolean {
  return isMap(value) && typeof value.sha256 === 'string'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
