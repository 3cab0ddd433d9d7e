import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/**
 * Finds what the original's settings call `path`. The folder may be a copy from another machine: then it is looked for
 * below the folder, by as much of the path's end as there is, then beside it, as if the folder's tree were a whole system,
 * and last where the path itself points. Where the folder stands `atHome`, the path itself comes first. Null where it is
 * in none of these places.
 */
export function findOriginal(folder: string, path: string, kind: 'file' | 'folder', atHome: boolean): string | null {
  const parts = path.split('/').filter(part => part !== '')
  const below = parts.map((_part, at) => join(folder, ...parts.slice(at)))
  const itself = isAbsolute(path) ? ancestorsOf(resolve(folder)).map(root => join(root, path)) : []
  const isKind = (candidate: string) => isFolder(candidate) === (kind === 'folder')
  const candidates = atHome ? [...itself.reverse(), ...below] : [...below, ...itself]
  return candidates.find(candidate => existsSync(candidate) && isKind(candidate)) ?? null
}

/** Whether some of these paths of the original point into this very folder: then it is not a copy. */
export function isAtHome(folder: string, paths: readonly (string | null)[]): boolean {
  return paths.some(path => path?.startsWith(`${resolve(folder)}/`))
}

/** The folders above, the nearest first, `/` last. */
function ancestorsOf(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [] : [above, ...ancestorsOf(above)]
}

/** The visible files and folders in a folder, sorted; empty where there is no such folder. */
export function listOriginal(folder: string | null): { readonly files: string[]; readonly folders: string[] } {
  if (folder === null || !existsSync(folder)) return { files: [], folders: [] }
  const names = readdirSync(folder)
    .filter(name => !name.startsWith('.') && !name.endsWith('~'))
    .sort()
  const isInside = (name: string) => isFolder(join(folder, name))
  return { files: names.filter(name => !isInside(name)), folders: names.filter(isInside) }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
