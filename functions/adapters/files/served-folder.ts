import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FollowerText, ServedFolder } from '../../cycle/ports/following.ts'
import { makeFolder } from './make-folder.ts'
import { codeOf, writeWhole } from './whole-file.ts'

/** What belongs to the follower alone, below its folder. */
export const ownFolder = '.follow'

const texts: Readonly<Record<FollowerText, string>> = {
  state: `${ownFolder}/state.json`,
  lastPass: `${ownFolder}/last-pass.json`,
  metrics: 'edgemanage-follow.prom',
  clauses: 'edgemanage.conf',
  catalog: 'catalog.zone',
}

/** How many files are looked at side by side. */
const atOnce = 32

/** The folder (absolute) that a follower keeps; it and what is in it are made where they are missing. */
export function servedFolder(folder: string): ServedFolder {
  const textPath = (name: FollowerText) => join(folder, texts[name])
  const pathOf = (zone: string) => join(zonesIn(folder), `${zone}.zone`)
  return {
    read: name => orNull(readFile(textPath(name), 'utf8')),
    write: (name, text) => writeWhole(textPath(name), text),
    remove: name => rm(textPath(name), { force: true }),
    pathOf,
    catalogPath: textPath('catalog'),
    stamps: zones => stampsOf(zones, pathOf),
    look: zone => lookAt(pathOf(zone)),
    ...stageOf(folder, pathOf),
    removeZone: zone => rm(pathOf(zone), { force: true }),
  }
}

function zonesIn(folder: string): string {
  return join(folder, 'zones')
}

/** Where new zones are checked before they replace the served ones: on the same file system, so that a rename does it. */
function stageOf(
  folder: string,
  pathOf: (zone: string) => string,
): Pick<ServedFolder, 'clearStage' | 'stage' | 'place'> {
  const stageFolder = join(folder, ownFolder, 'staged')
  return {
    clearStage: async () => {
      await rm(stageFolder, { recursive: true, force: true })
      await makeFolder(zonesIn(folder))
      await makeFolder(join(folder, ownFolder))
      await mkdir(stageFolder)
    },
    stage: async (name, bytes) => {
      const path = join(stageFolder, name)
      const file = await open(path, 'w')
      try {
        await file.writeFile(bytes)
        // Whatever the umask: the name server runs as another user.
        await file.chmod(0o644)
        await file.sync()
      } finally {
        await file.close()
      }
      return path
    },
    place: async zone => {
      await rename(join(stageFolder, `${zone}.zone`), pathOf(zone))
      return String(await stampOf(pathOf(zone)))
    },
  }
}

async function stampsOf(zones: readonly string[], pathOf: (zone: string) => string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let from = 0; from < zones.length; from += atOnce) {
    const some = zones.slice(from, from + atOnce)
    const stamps = await Promise.all(some.map(zone => stampOf(pathOf(zone))))
    for (const [at, zone] of some.entries()) {
      const stamp = stamps[at]
      if (stamp !== null && stamp !== undefined) found.set(zone, stamp)
    }
  }
  return found
}

async function lookAt(path: string): ReturnType<ServedFolder['look']> {
  const stamp = await stampOf(path)
  const bytes = stamp === null ? null : await orNull(readFile(path))
  return stamp === null || bytes === null ? null : { sha256: sha256Of(bytes), stamp }
}

/** SHA-256 of bytes, hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Size, time of change and inode; null where there is no file. */
async function stampOf(path: string): Promise<string | null> {
  const found = await orNull(stat(path, { bigint: true }))
  return found?.isFile() === true ? `${found.size}-${found.mtimeNs}-${found.ino}` : null
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
