import { lstatSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Moves a file in one step, into a folder that is made where it is missing. Throws where it is a symbolic link, which
 * could lead elsewhere from there, and where there is a file already.
 */
export function moveFile(from: string, to: string): void {
  if (lstatSync(from).isSymbolicLink()) throw new Error(`${from} is a symbolic link: move it by hand`)
  if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) throw new Error(`${to} is there already`)
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}
