import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { breaches, importsOf, type Source } from '../helpers/house-imports.ts'
import { tooLong } from '../helpers/house-lengths.ts'
import { importOverrides } from '../helpers/house-lint.ts'
import { rooms } from '../helpers/house-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Every TypeScript file below a folder of the project, by its path in it. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map(file => join(folder, file))
    .sort()
}

const sources = ['functions', 'infra'].flatMap(filesBelow).map((path): Source => ({ path, text: read(path) }))
/** The handlers: whatever the folder `functions` itself holds. */
const handlers = sources.filter(({ path }) => dirname(path) === 'functions')

/** The breaches that this file would add to the house. */
function breachesOf(path: string, text: string): string[] {
  const known = new Set(breaches(sources, rooms))
  const others = sources.filter(source => source.path !== path)
  return breaches([...others, { path, text }], rooms).filter(breach => !known.has(breach))
}

describe('the house', () => {
  test('keeps its rules: rooms, imports, purity, construction, no circles', () => {
    expect(breaches(sources, rooms)).toEqual([])
  })

  test('has its handlers in the folder functions, each at most 40 lines, with one handler', () => {
    expect(handlers.length).toBeGreaterThan(4)
    const odd = handlers.filter(
      ({ text }) => text.trimEnd().split('\n').length > 40 || !/^export (async function|const) handler\b/m.test(text),
    )
    expect(odd.map(({ path }) => path)).toEqual([])
  })

  test('has a test at the same path for each file of core', () => {
    const missing = sources
      .map(({ path }) => path)
      .filter(path => path.startsWith('functions/core/'))
      .map(path => path.replace(/^functions\/(.*)\.ts$/, 'test/unit/$1.test.ts'))
      .filter(twin => !filesBelow('test/unit').includes(twin))
    expect(missing).toEqual([])
  })

  test('has files of at most 200 lines, and functions of at most 40', () => {
    expect(sources.flatMap(tooLong)).toEqual([])
  })

  test('is what the linter enforces: `npm run lint:rooms` writes the table for it', () => {
    expect(JSON.parse(read('biome.json')).extends).toEqual(['./biome.rooms.json'])
    expect(JSON.parse(read('biome.rooms.json'))).toEqual({ overrides: importOverrides(rooms) })
  })
})

const reads = (target: string) => `import { x } from '${target}'\nexport const y = x\n`

/** A file that breaks a rule, and what is said of it. */
const planted: readonly [rule: string, path: string, text: string, said: RegExp][] = [
  [
    'a folder that is not in the table',
    'functions/extra/new.ts',
    'export const x = 1\n',
    /functions\/extra is not among/,
  ],
  ['a file in the root of core', 'functions/core/new.ts', 'export const x = 1\n', /functions\/core is not among/],
  [
    'upwards in core',
    'functions/core/zone/new.ts',
    reads('../config/network.ts'),
    /must not import functions\/core\/config/,
  ],
  [
    'beside it in core',
    'functions/core/orders/new.ts',
    reads('../history/run.ts'),
    /must not import functions\/core\/history/,
  ],
  ['core → cycle', 'functions/core/zone/new.ts', reads('../../cycle/cycle.ts'), /must not import functions\/cycle/],
  ['core → Node', 'functions/core/zone/new.ts', reads('node:fs'), /must not import node:fs/],
  ['core → SDK', 'functions/core/zone/new.ts', reads('@aws-sdk/client-s3'), /must not import @aws-sdk/],
  ['a clock in core', 'functions/core/zone/new.ts', 'export const x = () => Date.now()\n', /is not pure: Date\.now/],
  ['an environment in core', 'functions/core/zone/new.ts', 'export const x = process.env\n', /is not pure: process/],
  [
    'cycle → adapters',
    'functions/cycle/new.ts',
    reads('../adapters/time/clock.ts'),
    /must not import functions\/adapters/,
  ],
  ['ports → cycle', 'functions/cycle/ports/new.ts', reads('../cycle.ts'), /must not import functions\/cycle\/cycle/],
  [
    'adapters → cycle',
    'functions/adapters/aws/new.ts',
    reads('../../cycle/cycle.ts'),
    /must not import functions\/cycle/,
  ],
  ['adapters → app', 'functions/adapters/aws/new.ts', reads('../../app/target.ts'), /must not import functions\/app/],
  ['app → cli', 'functions/app/new.ts', reads('../cli/output/table.ts'), /must not import functions\/cli/],
  ['library → cli', 'functions/library/new.ts', reads('../cli/output/table.ts'), /must not import functions\/cli/],
  ['lambda → app', 'functions/lambda/new.ts', reads('../app/target.ts'), /must not import functions\/app/],
  ['cli → lambda', 'functions/cli/commands/new.ts', reads('../../lambda/time.ts'), /must not import functions\/lambda/],
  ['functions → infra', 'functions/app/new.ts', reads('../../infra/stack.ts'), /must not import infra/],
  ['infra → cycle', 'infra/new.ts', reads('../functions/cycle/cycle.ts'), /must not import functions\/cycle/],
  ['a handler is imported', 'functions/lambda/new.ts', reads('../manage.ts'), /must not import functions\/manage/],
  [
    'an adapter is constructed by a command',
    'functions/cli/commands/new.ts',
    `import { createHttpProbe } from '../../adapters/probe/http-probe.ts'\nexport const x = createHttpProbe\n`,
    /must not construct an adapter: createHttpProbe/,
  ],
]

describe('a planted breach is noticed', () => {
  test.each(planted)('%s', (_rule, path, text, said) => {
    expect(breachesOf(path, text).some(breach => said.test(breach))).toBe(true)
  })

  test('files that import each other, if only for a type', () => {
    const pair: Source[] = [
      { path: 'functions/core/domain/one.ts', text: "import type { B } from './two.ts'\nexport type A = B\n" },
      { path: 'functions/core/domain/two.ts', text: "import type { A } from './one.ts'\nexport type B = A\n" },
    ]
    expect(breaches([...sources, ...pair], rooms)).toEqual([
      'files import each other: functions/core/domain/one.ts, functions/core/domain/two.ts',
    ])
  })

  test('folders that import each other, though no files do', () => {
    const pair: Source[] = [
      { path: 'functions/core/domain/one.ts', text: reads('../zone/names.ts') },
      { path: 'functions/core/zone/two.ts', text: reads('../domain/micros.ts') },
    ]
    expect(breaches([...sources, ...pair], rooms).join('\n')).toMatch(/folders import each other: .*domain.*zone/)
  })

  test('a room of the table that does not exist', () => {
    const room = { folder: 'functions/core/empty', imports: [], packages: [] }
    expect(breaches(sources, [...rooms, room])).toEqual(['the room functions/core/empty does not exist'])
  })

  test.each([
    ['a function', ['export async function much('], ['}']],
    ['one with its parameters in lines', ['function much(', '  a: number,', '): number {'], ['}']],
    ['one within another', ['  async function much() {'], ['  }', '}']],
    ['a constant', ['export const much = async (a: number) => {'], ['}']],
    ['a method of a value', ['  much: async a => {'], ['  },', '}']],
    ['a callback', ['void run(async much => {'], ['})']],
  ])('%s that is too long', (_what, begin, end) => {
    const saidOf = (lines: number) => {
      const body = Array.from({ length: lines - begin.length - 1 }, () => '    call()')
      return tooLong({ path: 'functions/app/new.ts', text: [...begin, ...body, ...end].join('\n') })
    }
    expect(saidOf(40)).toEqual([])
    expect(saidOf(41)).toEqual([expect.stringMatching(/^functions\/app\/new\.ts: .*much.* has 41 lines$/)])
  })

  test('a file that is too long', () => {
    const path = 'functions/app/new.ts'
    expect(tooLong({ path, text: 'export const x = 1\n'.repeat(200) })).toEqual([])
    expect(tooLong({ path, text: 'export const x = 1\n'.repeat(201) })).toEqual([`${path} has 201 lines`])
  })

  test('every form of an import counts', () => {
    const text = [
      "import 'a'",
      "import b from 'b'",
      "import * as c from 'c'",
      "import type { D } from 'd'",
      "import e, { type E } from 'e'",
      "export { f } from 'f'",
      "export type { G } from 'g'",
      "export * from 'h'",
      "const i = await import('i')",
      "import {\n  j,\n  type J,\n} from 'j'",
    ].join('\n')
    const targets = importsOf({ path: 'x.ts', text }).map(({ target }) => target)
    expect(targets.sort()).toEqual([...'abcdefghij'])
  })
})
