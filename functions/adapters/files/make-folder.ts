import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Who may look into a folder that is made: everybody (0755), or those to whom the process's umask gives it. */
export type FolderAccess = 'everybody' | 'umask'

/**
 * Makes a folder and those above it where they are missing; what is there already stays as it is. Where that cannot be it
 * rejects, and never tries for ever.
 */
export async function makeFolder(path: string, access: FolderAccess = 'everybody'): Promise<void> {
  // With `recursive`, Node 20 never comes back from places like /proc, that refuse a child for want of a parent.
  try {
    await makeOne(path, access)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path), access)
    await makeOne(path, access).catch(unlessThere)
  }
}

async function makeOne(path: string, access: FolderAccess): Promise<void> {
  await mkdir(path)
  if (access === 'everybody') await chmod(path, 0o755)
}

/** Another process may have made it meanwhile. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
