import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this package, which holds `config/` and `templates/`: the nearest one above that has templates. */
export const root = nearest(dirname(fileURLToPath(import.meta.url)))

function nearest(folder: string): string {
  return existsSync(join(folder, 'templates')) ? folder : nearest(dirname(folder))
}

/** The version in the package's package.json. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}
