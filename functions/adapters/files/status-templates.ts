import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StatusTemplates } from '../../core/status-page/markup.ts'

/** Reads the templates of the status page: `status.hbs` in this folder, and everything in `status/` beside it. */
export function readStatusTemplates(folder: string): StatusTemplates {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8')
  const names = readdirSync(join(folder, 'status')).filter(file => file.endsWith('.hbs'))
  const parts = names.map(file => [file.slice(0, -'.hbs'.length), read('status', file)])
  return { page: read('status.hbs'), parts: Object.fromEntries(parts) }
}
