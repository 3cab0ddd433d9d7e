import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every TypeScript file below these folders, relative to the project. */
function sources(...folders: string[]): string[] {
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => join(folder, file)),
  )
}

/** What a file imports: project files relative to the project, packages by name. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name,
  )
}

const mayImport: [folder: string, allowed: RegExp][] = [
  ['functions/core', /^(functions\/core\/|handlebars$|yaml$|zod$|ipaddr\.js$|node:crypto$)/],
  ['functions/cycle', /^(functions\/(core|cycle)\/)/],
  ['functions/adapters', /^(functions\/(core|adapters)\/|functions\/cycle\/ports\/|node:|@aws-sdk\/|[a-z])/],
]

describe('the house', () => {
  test.each(mayImport)('%s imports only what it may', (folder, allowed) => {
    const strangers = sources(folder).flatMap(file =>
      importsOf(file)
        .filter(name => !allowed.test(name) || /^functions\/(cli|lambda)|^infra/.test(name))
        .map(name => `${file} imports ${name}`),
    )
    expect(strangers).toEqual([])
  })

  test('core knows no clock, no chance and no environment', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|process\.|performance\.|setTimeout|setInterval|fetch\(/
    expect(sources('functions/core').filter(file => impure.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  test('nothing imports a handler, and infra reaches only the configuration and the adapters it needs', () => {
    const handlers = /^functions\/(manage|dry-run)\.ts$/
    expect(sources('functions').filter(file => importsOf(file).some(name => handlers.test(name)))).toEqual([])
  })
})
