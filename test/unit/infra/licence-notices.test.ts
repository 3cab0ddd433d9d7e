import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licenceNotices } from '../../../infra/licence-notices.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'edgemanage-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof text === 'string' ? text : JSON.stringify(text))
}

function noticesFor(...paths: string[]): string {
  return licenceNotices({ inputs: Object.fromEntries(paths.map(path => [path, { bytes: 1, imports: [] }])) }, root)
}

test('every package is named once, with its text, and equal texts stand once', () => {
  for (const name of ['@scope/one', 'two', 'two/node_modules/three']) {
    write(`node_modules/${name}/package.json`, { name, version: '1.0.0', license: 'MIT' })
    write(`node_modules/${name}/LICENSE.md`, 'Copyright (c) somebody\n')
  }
  write('node_modules/two/NOTICE', 'and somebody else')
  const paths = ['@scope/one/a.js', '@scope/one/b.js', 'two/a.js', 'two/node_modules/three/a.js']
  const notices = noticesFor('functions/cli/main.ts', ...paths.map(path => `node_modules/${path}`))
  const parts = notices.split(/\n-{80}\n\n/).slice(1)
  expect(parts.map(part => part.trim())).toEqual([
    '@scope/one 1.0.0 (MIT)\ntwo/node_modules/three 1.0.0 (MIT)\n\nCopyright (c) somebody',
    'two 1.0.0 (MIT)\n\nCopyright (c) somebody\n\nand somebody else',
  ])
})

test('a package without a text has the name of its licence; one without either is an error', () => {
  write('node_modules/a/package.json', { name: 'a', version: '1.0.0', license: 'ISC', author: { name: 'Ada' } })
  write('node_modules/b/package.json', { name: 'b', version: '1.0.0' })
  expect(noticesFor('node_modules/a/a.js')).toContain('a 1.0.0 (ISC)\n\nISC, by Ada')
  expect(() => noticesFor('node_modules/b/b.js')).toThrow('says nothing about its license')
})
