import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Templates } from '../core/zone/render.ts'
import { root } from './package-files.ts'

/** The package's templates of everything that is published. */
export function readTemplates(): Templates {
  const read = (name: string) => readFileSync(join(root, 'templates', name), 'utf8')
  return { zone: read('zone.hbs'), namedConf: read('named.conf.hbs') }
}
