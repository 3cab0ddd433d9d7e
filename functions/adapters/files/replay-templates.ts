import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReplayTemplates } from '../../core/replay/page.ts'

/** Reads the templates of a replay's page from this folder: its own, and the style of the status page. */
export function readReplayTemplates(folder: string): ReplayTemplates {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8')
  return { page: read('replay.hbs'), style: read('status', 'style.hbs') }
}
