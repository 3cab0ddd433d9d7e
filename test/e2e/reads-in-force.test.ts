import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { storeText, writeTree } from '../helpers/original.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// Everything that an operator's command reads is what is in force, not what lies in the folder (behaviour §11).

const addresses = ['127.0.71.1', '127.0.71.2']
const [old, fresh] = ['127.0.71.2', '127.0.71.3'] as const
const [oldZone, freshZone] = ['example.net', 'fresh.example'] as const
let edges: Edges
let place: Workplace
let where: string[]

beforeAll(async () => {
  edges = await startEdges([...addresses, fresh])
  place = workplaceFor(edges, addresses)
  where = ['--config', place.config, '--local', place.storage]
  await runInside(['manage', '--force', '--json', ...where])
  // The folder goes on, and nobody has put it in force.
  place.write('config/edges/net', `${addresses[0]}\n${fresh}\n`)
  place.write(`config/zones/net/${freshZone}.zone`, '')
  place.settings({ run_frequency: 120, edge_count: 1 })
  writeTree(place.folder, Object.fromEntries([old, fresh].map(edge => [`health/${edge}.edgestore`, storeText({})])))
})
afterAll(async () => {
  await edges.close()
  place.remove()
})

const run = async (words: readonly string[]) => {
  const { status, stdout, stderr } = await runInside([...words, ...where])
  return { status, text: `${stdout}\n${stderr}` }
}

/** By command: words with which it shows an edge, a zone or a number of what it reads. `null`: it reads no configuration. */
const readers: Record<string, readonly (readonly [words: string[], shows: string, not: string])[] | 'folder' | null> = {
  manage: 'folder',
  conf: [[['conf', old, '-m', 'force', '-C', 'test', '--json'], old, fresh]],
  freeze: [[['freeze', '-C', 'test'], 'net', fresh]],
  thaw: [[['thaw'], 'net', fresh]],
  'config push': 'folder',
  'config pull': null,
  'config diff': 'folder',
  'config log': null,
  'config rollback': null,
  zones: [[['zones', '--json'], oldZone, freshZone]],
  'zones forget': [[['zones', 'forget', oldZone], 'still in the configuration', 'never published']],
  'zones move': 'folder',
  status: [[['status', '--json'], old, fresh]],
  query: [[['query', '-A', 'net'], old, fresh]],
  why: [[['why', old], old, fresh]],
  history: [[['history', old], old, fresh]],
  rotations: [[['rotations', '--json'], old, fresh]],
  log: [[['log', '--since', '1h'], old, fresh]],
  check: [[['check', 'all'], 'live_wanted=2', 'live_wanted=1']],
  metrics: [[['metrics'], old, fresh]],
  replay: [[['replay', '--json', '--hours', '1'], 'net', fresh]],
  validate: 'folder',
  schema: null,
  import: [[['import', '--health', 'HEALTH', '--json'], '"edges":1', '"edges":2']],
  migrate: null,
  cost: [[['cost', '--json'], '"edges":2', 'none']],
  init: 'folder',
  service: null,
  completion: null,
  follow: null,
  help: null,
}

/** Every command of the program, by the words that call it. */
async function commandsOf(words: readonly string[] = []): Promise<string[]> {
  const { stdout } = await runInside([...words, '--help'])
  const [, list = ''] = stdout.split('\nCommands:\n')
  const names = [...(list.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => String(name))
  const below = words.length > 1 ? [] : names.filter(name => name !== 'help')
  const all = await Promise.all(below.map(name => commandsOf([...words, name])))
  return [...(words.length === 0 ? [] : [words.join(' ')]), ...all.flat()]
}

describe('with a folder that nobody has put in force', () => {
  test('every command is known here', async () => {
    const groups = ['config']
    const unknown = (await commandsOf()).filter(
      name => !groups.includes(name) && !name.startsWith('check ') && !(name in readers),
    )
    expect(unknown).toEqual([])
  })

  const shown = Object.entries(readers).flatMap(([name, asked]) =>
    Array.isArray(asked) ? asked.map(([words, shows, not]) => [name, words, shows, not] as const) : [],
  )
  test.each(shown)('%s shows what is in force', async (_, words, shows, not) => {
    const health = join(place.folder, 'health')
    const { text } = await run(words.map((word: string) => (word === 'HEALTH' ? health : word)))
    expect(text).toContain(shows)
    expect(text).not.toContain(not)
  })

  test.each([[['conf', fresh, '-m', 'force', '-C', 'test']], [['why', fresh]], [['history', fresh]]])(
    'an edge that only the folder has is unknown: %j',
    async words => {
      const { status, text } = await run(words)
      expect(status).not.toBe(0)
      expect(text).toContain(fresh)
    },
  )

  test('cost without a place is about the folder', async () => {
    const { stdout } = await runInside(['cost', '--json', '-c', place.config])
    expect(JSON.parse(stdout)).toMatchObject({ network: 'net', edges: 2 })
    const inForce = await runInside(['cost', '--json', ...where])
    expect(JSON.parse(inForce.stdout).total).not.toBe(JSON.parse(stdout).total)
  })
})
