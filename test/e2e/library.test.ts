import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, runNode } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.14.1', '127.0.14.2', '127.0.14.3']
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  mkdirSync(join(place.folder, 'node_modules'))
  symlinkSync(root, join(place.folder, 'node_modules/edgemanage'))
})

afterAll(async () => {
  await edges.close()
  place.remove()
})

test('a program that imports edgemanage asks, orders, runs a cycle, and keeps cycles away', async () => {
  rmSync(place.storage, { recursive: true, force: true })
  mkdirSync(place.storage)
  place.write(
    'program.mjs',
    `import * as edgemanage from 'edgemanage'
     const where = { config: 'config', local: 'storage' }
     const told = { networks: edgemanage.networks('config'), edges: edgemanage.edges({ config: 'config' }) }
     told.typo = await edgemanage.query({ ...where, local: 'storagex' }).catch(String)
     told.before = await edgemanage.query(where)
     told.order = await edgemanage.setMode(where, '127.0.14.2', 'unavailable', { comment: 'move', by: 'me', expires: '1h' })
     told.refusal = await edgemanage.setMode(where, '127.0.14.9', 'force', { comment: 'x' }).catch(String)
     told.dryRun = await edgemanage.runCycle(where, { dryRun: true })
     told.cycle = await edgemanage.runCycle(where)
     told.rows = await edgemanage.query(where)
     told.replayed = await edgemanage.replay(where, { set: { edge_count: 1 }, sweep: { down_after: [1, 2] } })
     told.faithful = await edgemanage.replay(where)
     told.impossible = await edgemanage.replay(where, { set: { timeout: 3, edge_count: 0 } }).catch(String)
     told.tooLong = await edgemanage.replay(where, { hours: 0.5 }).catch(String)
     told.frozen = await edgemanage.freeze(where, { comment: 'launch', by: 'me' })
     told.thawed = await edgemanage.thaw(where, { by: 'me' })
     const lock = await edgemanage.lock(where, 60)
     told.second = await edgemanage.lock(where, 60).catch(String)
     told.locked = await edgemanage.runCycle(where, { force: true })
     await lock.free()
     told.freed = await edgemanage.runCycle(where, { force: true })
     console.log(JSON.stringify(told))`,
  )
  const { status, stdout, stderr } = await runNode(['program.mjs'], place.folder)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const told = JSON.parse(stdout)
  expect(told).toMatchObject({
    networks: ['net'],
    edges: addresses,
    typo: 'UsageError: --local storagex: there is no such folder (edgemanage manage, import and config push create it)',
    before: addresses.map(edge => ({ edge, state: 'out', judgement: null, since: null })),
    order: { edge: '127.0.14.2', mode: 'unavailable', comment: 'move', by: 'me' },
    refusal: 'UsageError: 127.0.14.9 is not in the edge list of net',
    dryRun: { status: 'ok', dryRun: true },
    cycle: { status: 'ok', live: ['127.0.14.1', '127.0.14.3'] },
    rows: [
      { edge: '127.0.14.1', state: 'in', mode: 'available', comment: null },
      { edge: '127.0.14.2', state: 'out', mode: 'unavailable', comment: 'move', by: 'me', expires: told.order.expires },
      { edge: '127.0.14.3', state: 'in' },
    ],
    replayed: {
      network: 'net',
      cycles: 1,
      was: { rotations: 1 },
      alternatives: [{ settings: { edge_count: 1, down_after: 1 } }, { settings: { edge_count: 1, down_after: 2 } }],
    },
    faithful: { faithful: { exact: true, alike: 1 }, alternatives: [], advice: null },
    impossible: expect.stringMatching(/^UsageError: timeout cannot be replayed.*; edge_count=0: /),
    tooLong: 'UsageError: hours is a whole number from 1 to 2000',
    frozen: { freeze: true, by: 'me' },
    thawed: { freeze: false },
    second: expect.stringContaining('another run holds the lease of net until'),
    locked: { status: 'locked' },
    freed: { status: 'ok' },
  })
}, 60_000)

test('the host program keeps its own failures: nothing of it is caught, while edgemanage works or after', async () => {
  rmSync(place.storage, { recursive: true, force: true })
  const listeners = `const count = () => Object.fromEntries(process.eventNames().map(name => [String(name), process.listenerCount(name)]))
     const added = () => JSON.stringify(count()) === before ? [] : [count()]`
  place.write(
    'quiet.mjs',
    `import * as edgemanage from 'edgemanage'
     ${listeners}
     const before = JSON.stringify(count())
     const where = { config: 'config', local: 'storage' }
     const told = []
     const watch = async work => {
       const running = work()
       for (let n = 0; n < 20; n++) await new Promise(resolve => setTimeout(resolve, 1)).then(() => told.push(...added()))
       await running
       told.push(...added())
     }
     await watch(() => edgemanage.runCycle(where))
     await watch(() => edgemanage.query(where))
     await watch(() => edgemanage.setMode(where, '127.0.14.2', 'force', { comment: 'x', by: 'me' }))
     await watch(() => edgemanage.setMode(where, '127.0.14.9', 'force', { comment: 'x' }).catch(() => {}))
     await watch(() => edgemanage.freeze(where, { comment: 'x', by: 'me' }))
     await watch(() => edgemanage.thaw(where, { by: 'me' }))
     await watch(() => edgemanage.runCycle(where, { dryRun: true }))
     await watch(() => edgemanage.runCycle(where, { force: true }))
     await watch(async () => (await edgemanage.lock(where, 60)).free())
     console.log(JSON.stringify(told))`,
  )
  expect(await runNode(['quiet.mjs'], place.folder)).toMatchObject({ status: 0, stderr: '', stdout: '[]\n' })
  for (const [name, failing] of [
    [
      'meanwhile',
      `edgemanage.runCycle(where).then(() => setTimeout(() => process.exit(0), 2000)); setTimeout(() => { throw new Error('of the host') }, 5)`,
    ],
    [
      'afterwards',
      `await edgemanage.runCycle(where, { force: true }); setTimeout(() => { throw new Error('of the host') }, 5)`,
    ],
  ]) {
    place.write(
      `${name}.mjs`,
      `import * as edgemanage from 'edgemanage'
       const where = { config: 'config', local: 'storage' }
       ${failing}`,
    )
    const { status, stderr } = await runNode([`${name}.mjs`], place.folder)
    expect({ name, status }).toEqual({ name, status: 1 })
    expect(stderr).toContain('Error: of the host')
  }
}, 60_000)

test('a program in TypeScript finds the types', () => {
  place.write(
    'program.ts',
    `import { type EdgeRow, query, replay, type ReplayAnswer, setMode } from 'edgemanage'
     const answer: ReplayAnswer = await replay({}, { set: { down_after: 2 }, hours: 3 })
     const spared: number | undefined = answer.alternatives[0]?.exposureMinutes
     // @ts-expect-error: hours are a number
     await replay({}, { hours: '3' })
     const rows: EdgeRow[] = await query({ local: 'storage' })
     const mode: 'available' | 'force' | 'blindforce' | 'unavailable' | undefined = rows[0]?.mode
     // @ts-expect-error: there is no such mode
     await setMode({}, 'edge', 'forced')
     export { mode, spared }`,
  )
  place.write('package.json', '{ "type": "module" }')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node']
  const typeRoots = ['--typeRoots', join(root, 'node_modules/@types')]
  const told = execFileSync(process.execPath, [tsc, ...flags, ...typeRoots, 'program.ts'], {
    cwd: place.folder,
    encoding: 'utf8',
  })
  expect(told).toBe('')
}, 60_000)
