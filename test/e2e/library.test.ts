import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
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
     const told = { networks: await edgemanage.networks('config'), edges: await edgemanage.edges({ config: 'config' }) }
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

test('a program puts edge lists and configurations in force, looks at what is, and takes it back', async () => {
  rmSync(place.storage, { recursive: true, force: true })
  const before = readFileSync(join(place.config, 'edges/net'), 'utf8')
  place.write(
    'pushes.mjs',
    `import * as edgemanage from 'edgemanage'
     import { readFileSync, writeFileSync } from 'node:fs'
     const where = { config: 'config', local: 'storage', network: 'net' }
     const all = { config: 'config', local: 'storage' }
     const list = (...names) => writeFileSync('config/edges/net', names.map(name => name + '\\n').join(''))
     const refused = work => work.then(() => 'done', error => ({
       is: [edgemanage.ConfigurationFault, edgemanage.InvalidEdgeLists, edgemanage.UsageError, edgemanage.InvalidInput]
         .filter(type => error instanceof type).map(type => type.name),
       message: error.problems?.map(({ file, line, column }) => [file, line, column].join(':')).join() ?? error.message,
     }))
     const told = {}
     told.first = await edgemanage.pushConfiguration(all, { by: 'me', comment: 'begin' })
     const three = ['127.0.14.1', '127.0.14.2', '127.0.14.3']
     told.second = await edgemanage.pushConfiguration(all, { by: 'app', comment: 'saved', edges: { net: [...three, '127.0.14.4'] } })
     told.file = readFileSync('config/edges/net', 'utf8')
     told.again = await edgemanage.pushConfiguration(all)
     told.edges = await edgemanage.edges(where)
     told.networks = await edgemanage.networks(all)
     told.most = await refused(edgemanage.pushConfiguration(all, { edges: { net: ['127.0.14.1'] } }))
     told.bad = await refused(edgemanage.pushConfiguration(all, { edges: { net: ['two words'] } }))
     told.badComment = await refused(edgemanage.pushConfiguration(all, { comment: 'two\\nlines' }))
     told.untouched = readFileSync('config/edges/net', 'utf8') === told.file && (await edgemanage.diffConfiguration(all))
     // What lies in the folder is in force for nobody until it is pushed.
     list('127.0.14.1', '127.0.14.2', 'edge9.example')
     told.inForce = await edgemanage.edges(where)
     told.inFolder = await edgemanage.edges({ config: 'config' })
     told.diff = await edgemanage.diffConfiguration(all)
     list('two words')
     told.faulty = await refused(edgemanage.pushConfiguration(all))
     told.stillInForce = await edgemanage.edges(where)
     list(...three, '127.0.14.4')
     told.back = await edgemanage.rollbackConfiguration(where, { comment: 'too slow', by: 'me' })
     told.after = await edgemanage.edges(where)
     told.report = (await edgemanage.runCycle(where, { dryRun: false, force: true })).configuration
     told.pulled = await edgemanage.pullConfiguration('pulled', all)
     told.list = readFileSync('pulled/edges/net', 'utf8')
     told.unempty = await refused(edgemanage.pullConfiguration('pulled', all))
     told.log = await edgemanage.configurationLog(all)
     told.written = await edgemanage.writeEdgeLists('pulled', { net: three, more: ['127.0.14.9'] })
     told.nowhere = await refused(edgemanage.edges({ ...where, local: 'storagex' }))
     told.unknown = await refused(edgemanage.rollbackConfiguration(where, { hash: 'abcdef' }))
     console.log(JSON.stringify(told))`,
  )
  const { status, stdout, stderr } = await runNode(['pushes.mjs'], place.folder)
  place.write('config/edges/net', before)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const told = JSON.parse(stdout)
  const four = [...addresses, '127.0.14.4']
  const usage = (message: RegExp) => ({ is: ['UsageError', 'InvalidInput'], message: expect.stringMatching(message) })
  const [first, second] = [told.first.networks[0].hash, told.second.networks[0].hash]
  expect(told).toMatchObject({
    first: { networks: [{ network: 'net', action: 'pushed', previous: null }], edges: null, warnings: [] },
    second: {
      networks: [{ network: 'net', action: 'pushed', previous: first }],
      edges: { created: [], updated: ['net'], deleted: [], unchanged: [] },
    },
    file: `${four.join('\n')}\n`,
    again: { networks: [{ action: 'unchanged', hash: second, bytes: 0 }] },
    edges: four,
    networks: ['net'],
    most: usage(/^it takes yes: net: /),
    bad: { is: ['InvalidEdgeLists', 'InvalidInput'], message: expect.stringContaining('net: ') },
    badComment: usage(/comment must be one line/),
    untouched: [{ network: 'net', inForce: second, files: [] }],
    inForce: four,
    inFolder: ['127.0.14.1', '127.0.14.2', 'edge9.example'],
    diff: [{ network: 'net', files: [{ path: 'edges/net', action: 'changed', before: told.file }] }],
    faulty: { is: ['ConfigurationFault'], message: 'edges/net:1:1' },
    stillInForce: four,
    back: { network: 'net', action: 'rolled back', hash: first, previous: second },
    after: addresses,
    pulled: expect.anything(),
    unempty: usage(/is not empty/),
    log: [
      { what: 'rollback', hash: first, by: 'me', comment: 'too slow' },
      { what: 'push', hash: second, by: 'app', comment: 'saved' },
      { what: 'push', hash: first, by: 'me', comment: 'begin', previous: null },
    ].map(entry => ({ ...entry, network: 'net', at: expect.stringMatching(/^\d{4}-.*Z$/) })),
    written: { created: ['more'], updated: [], deleted: [], unchanged: ['net'] },
    nowhere: usage(/there is no such folder/),
    unknown: usage(/no configuration abcdef was ever in force/),
  })
  expect(told.report).toMatchObject({ hash: first, rejected: [] })
  expect(told.list).toBe(`${addresses.join('\n')}\n`)
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
    `import { edges, type EdgeRow, networks, pushConfiguration, query, replay, type ReplayAnswer, setMode } from 'edgemanage'
     const names: string[] = [...(await networks()), ...(await networks('config')), ...(await edges({ local: 'storage' }))]
     const pushed: 'pushed' | 'unchanged' | 'conflict' | 'left' | undefined =
       (await pushConfiguration({}, { edges: new Map([['net', names]]) })).networks[0]?.action
     const answer: ReplayAnswer = await replay({}, { set: { down_after: 2 }, hours: 3 })
     const spared: number | undefined = answer.alternatives[0]?.exposureMinutes
     // @ts-expect-error: hours are a number
     await replay({}, { hours: '3' })
     const rows: EdgeRow[] = await query({ local: 'storage' })
     const mode: 'available' | 'force' | 'blindforce' | 'unavailable' | undefined = rows[0]?.mode
     // @ts-expect-error: there is no such mode
     await setMode({}, 'edge', 'forced')
     export { mode, pushed, spared }`,
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
