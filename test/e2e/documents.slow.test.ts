import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../helpers/command.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** Every document but the log of changes; those beside the code wherever they are. */
const documents = [
  'README.md',
  ...['functions', 'config', 'infra', 'test', '.github'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.md') && !file.includes('fixtures'))
      .map(file => join(folder, file)),
  ),
]

interface Command {
  readonly line: string
  readonly status: number
  /** Lines that are shown of its output. */
  readonly shown: readonly string[]
}

/** The commands of a document's `console` blocks; a comment may tell the exit status, and `…` stands for anything. */
function commandsIn(text: string): Command[] {
  return [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map(part => {
        const [line = '', ...shown] = part.trimEnd().split('\n')
        return { line, status: Number(/# exit status (\d)$/.exec(line)?.[1] ?? 0), shown }
      }),
  )
}

let place: string

/** What a newcomer has after `npm ci`: the project, its packages and what `npm ci` has built. */
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'documents-'))
  for (const name of ['package.json', 'tsconfig.json', 'config', 'functions', 'infra', 'templates', 'dist']) {
    cpSync(join(root, name), join(place, name), { recursive: true })
  }
  mkdirSync(join(place, 'node_modules/.bin'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules')).filter(name => name !== '.bin')) {
    symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name))
  }
  symlinkSync('../../dist/edgemanage.js', join(place, 'node_modules/.bin/edgemanage'))
  // npx takes a copy with linked packages for one that is not installed: this starts what it would start in a clone.
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin/npx'), `#!/bin/sh\nname=$1\nshift\nexec "${place}/node_modules/.bin/$name" "$@"\n`, {
    mode: 0o755,
  })
  mkdirSync(join(place, 'test'))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

function run(line: string) {
  const env = { PATH: `${join(place, 'bin')}:${process.env.PATH}`, HOME: process.env.HOME, NO_COLOR: '1' }
  return spawnSync('sh', ['-c', line], { cwd: place, env, encoding: 'utf8', input: '' })
}

/** Numbers, one or many, and spaces differ from run to run. */
const comparable = (text: string) =>
  text
    .replace(/\d[\d.,]*/g, '0')
    .replace(/\b0 ([a-z]+?)s?\b/g, '0 $1')
    .replace(/\s+/g, ' ')
    .trim()

/** Whether a line is made of these pieces, with anything between them. */
function isLike(line: string, [begin = '', ...others]: readonly string[]): boolean {
  if (others.length === 0) return line === begin
  const end = others.at(-1) ?? ''
  let at = begin.length
  for (const piece of others.slice(0, -1)) {
    const found = line.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return line.startsWith(begin) && line.length >= at + end.length && line.endsWith(end)
}

describe('the commands of the documents run as printed', () => {
  test.each(documents.filter(path => commandsIn(read(path)).length > 0))('%s', { timeout: 300_000 }, path => {
    if (!existsSync(join(place, '.local'))) expect(run('npm start').status).toBe(0)
    for (const { line, status, shown } of commandsIn(read(path))) {
      // Packages are here already.
      if (line === 'npm ci') continue
      const ended = run(line)
      expect({ line, status: ended.status, stderr: ended.stderr }).toMatchObject({ line, status })
      const printed = `${ended.stdout}${ended.stderr}`.split('\n').map(comparable)
      for (const expected of shown) {
        const isThere = printed.some(one => isLike(one, expected.split('…').map(comparable)))
        expect({ line, expected, printed: isThere ? [] : printed }).toEqual({ line, expected, printed: [] })
      }
    }
  })
})

test('the chapter about changes shows every step: a change, what differs, the push, the log, the way back', () => {
  const [, chapter = ''] = read('functions/cli/README.md').split('\n## Change things\n')
  const lines = commandsIn(chapter.split('\n## ')[0] ?? '')
  const steps = ['echo', 'config diff', 'config push', 'config log', 'config rollback', 'config pull']
  expect(
    steps.filter(
      step => !lines.some(({ line, shown }) => line.includes(step) && (step === 'echo' || shown.length > 0)),
    ),
  ).toEqual([])
})

test('every link of the documents leads somewhere', () => {
  const broken = documents.flatMap(path =>
    [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter(target => !/^https?:/.test(target) && !isThere(path, target))
      .map(target => `${path}: ${target}`),
  )
  expect(broken).toEqual([])
})

/** A file of the project, and in a document the heading of the link's anchor. */
function isThere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file))
  // Deploying is described beside the stack.
  if (path === 'infra/README.md' && !existsSync(join(root, path))) return true
  if (!existsSync(join(root, path))) return false
  return anchor === undefined || anchorsOf(read(path)).includes(anchor)
}

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('the README is short, links to every document, and lists every command', () => {
  const text = read('README.md')
  expect(text.split('\n').length).toBeLessThanOrEqual(201)
  const linked = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) => target)
  expect(documents.filter(path => path !== 'README.md' && !/template/.test(path) && !linked.includes(path))).toEqual([])
  const help = run('npx edgemanage --help').stdout
  expect(help).toContain('Commands:')
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter(name => name !== 'help')
  const listed = [...text.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z]+)/g)].map(([, name]) => name),
  )
  expect(commands.filter(name => !listed.includes(name))).toEqual([])
})

test('every rule that code cites is in the rules', () => {
  const text = read('functions/core/README.md')
  const sections = new Set<string>()
  let section = ''
  for (const line of text.split('\n')) {
    section = /^## (\d+)\./.exec(line)?.[1] ?? section
    const rule = /^(\d+)\. /.exec(line)?.[1]
    if (/^## \d/.test(line)) sections.add(section)
    if (rule !== undefined) sections.add(`${section}.${rule}`)
  }
  const cited = readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => [...read(join('functions', file)).matchAll(/behaviour §([\d.]*\d)/g)].map(([, rule]) => rule))
  expect([...new Set(cited)].filter(rule => !sections.has(String(rule)))).toEqual([])
})
