import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setMode } from '../../functions/library/orders.ts'
import { query } from '../../functions/library/query.ts'
import { runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const [edge, other] = ['127.0.31.1', '127.0.31.2'] as const
let edges: Edges
let place: Workplace
let typo: string

beforeAll(async () => {
  edges = await startEdges([edge, other])
  place = workplaceFor(edges, [edge, other])
  await runCommand(['manage', '-c', place.config, '--local', place.storage])
})

afterAll(async () => {
  place.remove()
  await edges.close()
})

beforeEach(() => {
  typo = `${place.storage}x`
})

const why = ['-C', 'drain it']
const commands: [string, string[]][] = [
  ['conf', [edge, '-m', 'unavailable', ...why]],
  ['conf', [edge, '-m', 'available']],
  ['conf', ['127.0.31.*', '-m', 'force', '-y', ...why]],
  ['freeze', why],
  ['thaw', []],
  ['query', []],
  ['query', ['-A', 'net']],
  ['why', [edge]],
  ['history', [edge]],
  ['rotations', []],
  ['zones', []],
  ['zones', ['forget', 'gone.example']],
  ['status', []],
  ['status', ['--serve', '0']],
  ['metrics', []],
]

describe.each(commands)('%s %j', (command, words) => {
  const run = (local: string) => runInside([command, ...words, '-c', place.config, '--local', local])

  test('in a folder that is not there is wrong usage, and makes none (contract, "Command line")', async () => {
    const { status, stdout, stderr } = await run(typo)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      `edgemanage: --local ${typo}: there is no such folder (edgemanage manage, import and config push create it)\n`,
    )
    expect(readdirSync(place.folder).sort()).toEqual(['config', 'storage'])
  })

  test('in a file is wrong usage', async () => {
    const file = join(place.config, 'edgemanage.yaml')
    const { status, stderr } = await run(file)
    expect({ status, stderr }).toEqual({ status: 2, stderr: `edgemanage: --local ${file} is not a folder\n` })
  })
})

describe.each([
  ['manage', []],
  ['manage', ['--dry-run']],
  ['manage', ['--every', '60']],
  ['import', ['--health', '.']],
  ['config', ['push']],
  ['config', ['push', '-n']],
])('%s %j, which may make the folder,', (command, words) => {
  test('takes no file for one', async () => {
    const file = join(place.config, 'edgemanage.yaml')
    const { status, stdout, stderr } = await runInside([command, ...words, '-c', place.config, '--local', file])
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `edgemanage: --local ${file} is not a folder\n`,
    })
  })

  test('wants the name of a network where one is given', async () => {
    const where = ['-c', place.config, '--local', typo]
    const { status, stderr } = await runInside([command, ...words, ...where, '-A', ''])
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'edgemanage: --dnet must not be empty\n' })
    expect(existsSync(typo)).toBe(false)
  })
})

test.each(['integrity', 'latency', 'rotation', 'freshness'])('check %s there is UNKNOWN', async name => {
  const { status, stdout } = await runInside(['check', name, '--config', place.config, '--local', typo])
  expect(status).toBe(3)
  expect(stdout).toContain(`UNKNOWN --local ${typo}: there is no such folder`)
  expect(existsSync(typo)).toBe(false)
})

test('a program hears it too', async () => {
  const where = { config: place.config, local: typo }
  await expect(setMode(where, edge, 'unavailable', { comment: 'drain it' })).rejects.toThrow('there is no such folder')
  await expect(query(where)).rejects.toThrow('there is no such folder')
  expect(existsSync(typo)).toBe(false)
})

test('a dry run works without the folder and makes none; a cycle and an import make it', async () => {
  const at = (name: string) => join(place.folder, 'made', name)
  const dry = await runInside(['manage', '-n', '-c', place.config, '--local', at('dry')])
  expect(dry.status).toBe(0)
  expect(existsSync(join(place.folder, 'made'))).toBe(false)
  expect((await runCommand(['manage', '-c', place.config, '--local', at('cycle')])).status).toBe(0)
  const health = join(place.config, 'health')
  mkdirSync(health)
  writeFileSync(
    join(health, `${edge}.edgestore`),
    JSON.stringify({
      edgename: edge,
      vals: {},
      fetch_times: {},
      mode: 'available',
      comment: '',
      historical_average: {},
    }),
  )
  await runCommand(['import', '-c', place.config, '--local', at('import'), '--health', health])
  expect(readdirSync(join(place.folder, 'made')).sort()).toEqual(['cycle', 'import'])
})
