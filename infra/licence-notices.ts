import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/** What the notices are called, wherever they lie beside a bundle. Nothing loads them. */
export const noticesFile = 'THIRD-PARTY-LICENSES.txt'

const licenceFiles = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/**
 * The licences of all packages of which a bundle holds something, as their terms ask: by name and version, each text once.
 * `root`: the folder that paths in the metafile count from. Throws where a package has neither a text nor a licence's name.
 */
export function licenceNotices({ inputs }: Pick<Metafile, 'inputs'>, root: string): string {
  const folders = new Set(Object.keys(inputs).flatMap(path => packageFolder(path) ?? []))
  const byText = new Map<string, { readonly names: string[]; readonly text: string }>()
  for (const folder of [...folders].sort()) {
    const { name, text } = noticeOf(join(root, folder))
    const key = createHash('sha256').update(text).digest('hex')
    const known = byText.get(key) ?? { names: [], text }
    if (!known.names.includes(name)) known.names.push(name)
    byText.set(key, known)
  }
  const parts = [...byText.values()].map(({ names, text }) => `${names.join('\n')}\n\n${text}\n`)
  return ['This software holds parts of the packages below, under their licenses.\n', ...parts].join(
    `\n${'-'.repeat(80)}\n\n`,
  )
}

/** The folder of the package that a file belongs to; null for the project's own. */
function packageFolder(path: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null
}

function noticeOf(folder: string): { readonly name: string; readonly text: string } {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
    readonly author?: string | { readonly name: string }
  }
  const title = `${name} ${version}${license === undefined ? '' : ` (${license})`}`
  const files = readdirSync(folder)
    .filter(file => licenceFiles.test(file))
    .sort()
  const texts = files.map(file => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (texts.length > 0) return { name: title, text: texts.join('\n\n') }
  if (license === undefined) throw new Error(`${folder} says nothing about its license`)
  const owner = typeof author === 'object' ? author.name : author
  return { name: title, text: `${license}${owner === undefined ? '' : `, by ${owner}`}` }
}
