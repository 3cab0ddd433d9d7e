import type { FolderSnapshot } from '../../core/config/folder-reading.ts'
import { withoutHeaderValues } from '../../core/config/hidden-headers.ts'
import { networkFolder } from '../../core/config/network-folder.ts'
import { settingsPath } from '../../core/config/settings-file.ts'
import { byName } from '../../core/domain/model.ts'
import { readBundle } from '../../cycle/configuration/bundles.ts'
import { namesOf } from '../naming.ts'
import { inForceOf, type NetworkInForce, networksKept } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'

/** One file that differs; texts are null where there is none, or where it is not text, and hold no header's value (behaviour §14.4). */
export interface FileDifference {
  readonly path: string
  readonly action: 'added' | 'changed' | 'removed'
  readonly before: string | null
  readonly after: string | null
}

/** What differs of one network; `inForce`: the hash of what is in force, null where nothing is. */
export interface NetworkDifferences {
  readonly network: string
  readonly inForce: string | null
  readonly files: readonly FileDifference[]
}

/** A folder against what is in force: the network that is named, or all that are in the folder or in force. */
export async function folderDifferences(
  snapshot: FolderSnapshot,
  dnet: string | undefined,
  storage: Storage,
  place: Place,
): Promise<NetworkDifferences[]> {
  const known = [...(await networksKept(storage)), ...namesOf(snapshot.configuration)]
  const names = dnet === undefined ? [...new Set(known)].sort(byName) : [dnet]
  const all: NetworkDifferences[] = []
  for (const network of names) {
    const standing = await inForceOf(network, storage, place)
    const files = await differencesOf(snapshot, standing, storage)
    all.push({ network, inForce: standing.inUse?.loaded.hash ?? null, files })
  }
  return all
}

/** The files of one network in a folder against what is in force, by path. The folder may have errors. */
export async function differencesOf(
  { source, templates, configuration }: FolderSnapshot,
  { network, inUse }: NetworkInForce,
  storage: Storage,
): Promise<FileDifference[]> {
  const found = configuration.networks.find(({ name }) => name === network)
  const object = (found ?? inUse?.loaded.network)?.settings.testobject.local ?? null
  const after = networkFolder(source, { network, object }, templates)
  const before =
    inUse === null ? new Map<string, Uint8Array>() : await filesInForce(network, inUse.loaded.hash, storage)
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(byName)
  return paths.flatMap(path => {
    const [old, now] = [before.get(path), after.get(path)]
    if (old !== undefined && now !== undefined && Buffer.compare(old, now) === 0) return []
    const action = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    const texts = [textOf(old), textOf(now)] as const
    const [was, is] = path === settingsPath ? withoutHeaderValues(...texts) : texts
    return [{ path, action, before: was, after: is }]
  })
}

async function filesInForce(network: string, hash: string, { bucket }: Storage) {
  const read = await readBundle(bucket, network, hash)
  if (read.is !== 'whole') throw new Error(`${network}: ${read.reason}`)
  return read.files
}

function textOf(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined || bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
