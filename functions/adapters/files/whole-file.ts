import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

const asidePrefix = '.aside-'
/** Everybody may read what is published, whatever the umask (behaviour §7.8). */
const newFileMode = 0o644
const readableByAll = 0o444
const modeBits = 0o7777

/**
 * Writes the whole file or nothing: aside, to the disk, then into its place. A new file is readable for all; one that is
 * replaced leaves its mode and, as far as this process may give it away, its owner to the new one.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  await sweep(dirname(path))
  // Short, as the name of the file itself may be as long as a name can be.
  const aside = join(dirname(path), `${asidePrefix}${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    const file = await open(aside, 'wx')
    try {
      await file.writeFile(text)
      await inheritAccess(file, path)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

/** Whether a name is that of a file that is being written, or was when its process was killed. */
export function isAside(name: string): boolean {
  return name.startsWith(asidePrefix)
}

/** The system's word for what went wrong, as in `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code
}

/** Gives a file the owner and the mode of the one that it is to replace. */
async function inheritAccess(file: FileHandle, path: string): Promise<void> {
  const old = await stat(path).catch(() => null)
  if (old === null) {
    await succeeds(file.chmod(newFileMode))
    return
  }
  const own = await file.stat()
  const isKept = await keepOwner(file, own, old)
  // Whoever was let in as the owner would be shut out: nothing that is published is secret.
  const mode = (old.mode & modeBits) | (isKept ? 0 : readableByAll)
  await succeeds(file.chmod(mode))
}

/** Whether the file has this owner and group now. A process without privileges may give a file to its own groups alone. */
async function keepOwner(file: FileHandle, own: Owner, wanted: Owner): Promise<boolean> {
  if (own.uid === wanted.uid && own.gid === wanted.gid) return true
  const given = await succeeds(file.chown(wanted.uid, wanted.gid))
  if (!given && own.gid !== wanted.gid) await succeeds(file.chown(own.uid, wanted.gid))
  return given
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** Where a file system knows no modes or owners, everybody may read whatever it is mounted for. */
function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  )
}

const swept = new Set<string>()

/** Removes what killed processes left half-written in this folder; once per process and folder is enough. */
async function sweep(folder: string): Promise<void> {
  if (swept.has(folder)) return
  const left = (await readdir(folder)).filter(name => isAside(name) && !hasWriter(name))
  await Promise.all(left.map(name => rm(join(folder, name), { force: true })))
  swept.add(folder)
}

/** Whether the process that a file's name speaks of is still there. */
function hasWriter(name: string): boolean {
  return isAlive(Number(/-(\d+)-[0-9a-f]+$/.exec(name)?.[1]))
}

/** Whether a process of this machine is running, whichever user's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
