import { posix } from 'node:path'
import type { Room } from './house-rules.ts'

/** An override of the linter's settings that lets a room's files import only what the table of the house allows. */
export interface ImportOverride {
  readonly includes: readonly string[]
  readonly linter: object
}

/** The linter's overrides for all rooms: patterns as in gitignore, the later ones allow again what `../**` forbids. */
export function importOverrides(rooms: readonly Room[]): ImportOverride[] {
  return rooms.map(({ folder, imports }) => {
    const below = rooms.filter(room => room.folder.startsWith(`${folder}/`)).map(room => room.folder)
    const closed = below.filter(inner => !imports.includes(inner)).map(inner => `${relative(folder, inner)}/*.ts`)
    const allowed = imports.filter(target => !below.includes(target)).map(target => `!${relative(folder, target)}/*.ts`)
    const group = ['../**', ...closed, ...allowed]
    const message = `${folder} must not import this: see functions/README.md, "Import rules".`
    return {
      includes: [`${folder}/*.ts`],
      linter: {
        rules: { style: { noRestrictedImports: { level: 'error', options: { patterns: [{ group, message }] } } } },
      },
    }
  })
}

function relative(from: string, to: string): string {
  const path = posix.relative(from, to)
  return path.startsWith('.') ? path : `./${path}`
}
