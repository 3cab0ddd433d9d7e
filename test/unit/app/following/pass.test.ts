import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { servedFolder } from '../../../../functions/adapters/files/served-folder.ts'
import { type PassOptions, runPass } from '../../../../functions/app/following/pass.ts'
import type { FollowerPorts } from '../../../../functions/cycle/ports/following.ts'
import { followerWorld } from '../../../helpers/follower-world.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const catalog = 'catalog.example'
const options: PassOptions = {
  followed: { networks: ['net', 'other'], optionsOf: () => null },
  ...{ catalog, graceMs: 0, yes: false, everySeconds: null },
}

function newWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-pass-'))
  folders.push(folder)
  return followerWorld(servedFolder(folder), text => readFileSync(text, 'utf8'))
}

/** A bucket with six zones, which a server has; then one changed, one moved, one came, one left. */
async function changedWorld() {
  const world = newWorld()
  world.publish('net', { 'a.example': 1, 'b.example': 1, 'c.example': 1, 'd.example': 1, 'e.example': 1 })
  world.publish('other', { 'f.example': 1 })
  expect(await runPass(options, world.ports)).toMatchObject({ status: 'ok', zones: 6 })
  expect(world.served()).toEqual(world.published())
  world.publish('net', { 'a.example': 2, 'b.example': 1, 'd.example': 1 })
  world.publish('other', { 'f.example': 1, 'c.example': 5, 'g.example': 1 })
  return world
}

test('a pass that is killed at any step, before or after it was done, is made up for by the next (behaviour §12.2)', async () => {
  let steps = 0
  for (const when of ['before', 'after'] as const) {
    for (let step = 0; ; step++) {
      const world = await changedWorld()
      const before = world.served()
      const { ports, wasKilled } = killedAt(world.ports, step, when)
      await runPass(options, ports)
      // Whatever happened, zones that did not leave are still served, old or new.
      for (const zone of ['a', 'b', 'c', 'd', 'f'].map(one => `${one}.example`))
        expect(world.served()).toHaveProperty([zone])
      expect({ step, when, ...(await runPass(options, world.ports)) }).toMatchObject({ status: 'ok', zones: 6 })
      expect({ step, when, served: world.served() }).toEqual({ step, when, served: world.published() })
      expect(world.served()).not.toEqual(before)
      expect(world.catalogMembers()).toEqual(Object.keys(world.published()).sort())
      expect(await runPass(options, world.ports)).toMatchObject({ placed: [], reconfigured: false, reloaded: [] })
      if (!wasKilled()) break
      steps++
    }
  }
  expect(steps).toBeGreaterThan(50)
})

test('a server that refuses at first is asked until it grants', async () => {
  const world = await changedWorld()
  world.refuse(true)
  const refused = await runPass(options, world.ports)
  expect(refused).toMatchObject({ status: 'failed', reconfigured: false, reloaded: [] })
  expect(refused.waiting).toEqual({ reconfig: true, zones: expect.arrayContaining(['a.example', 'c.example']) })
  world.refuse(false)
  expect(await runPass(options, world.ports)).toMatchObject({ status: 'ok', reconfigured: true, placed: [] })
  expect(world.served()).toEqual(world.published())
})

test('the files of zones that left go once the server has let go of them', async () => {
  const world = await changedWorld()
  world.refuse(true)
  expect(await runPass(options, world.ports)).toMatchObject({ left: ['e.example'] })
  expect(await world.ports.folder.look('e.example')).not.toBeNull()
  world.refuse(false)
  await runPass(options, world.ports)
  expect(await world.ports.folder.look('e.example')).toBeNull()
})

test('a quiet pass asks for one object a network, writes nothing and asks the server for nothing', async () => {
  const world = await changedWorld()
  await runPass(options, world.ports)
  const counted = counting(world.ports)
  expect(await runPass(options, counted.ports)).toMatchObject({ status: 'ok' })
  expect(counted.calls().filter(call => /published|write|place|removeZone|checks|askServer/.test(call))).toEqual([
    'published.manifest',
    'published.manifest',
  ])
})

test('clauses that are refused stay as they were; files that changed are served all the same', async () => {
  const world = await changedWorld()
  const clauses = await world.ports.folder.read('clauses')
  world.refuseClauses('boom')
  const report = await runPass(options, world.ports)
  expect(report).toMatchObject({
    status: 'failed',
    warnings: ['edgemanage.conf stays as it was: boom'],
    left: [],
    zones: 7,
  })
  expect(await world.ports.folder.read('clauses')).toBe(clauses)
  expect(world.served()).toMatchObject({ 'a.example': 2, 'c.example': 5, 'e.example': 1 })
  world.refuseClauses(null)
  await runPass(options, world.ports)
  expect(world.served()).toEqual(world.published())
})

test('a catalog that is not wanted any more leaves, file and clause', async () => {
  const world = await changedWorld()
  await runPass(options, world.ports)
  expect(await runPass({ ...options, catalog: null }, world.ports)).toMatchObject({ status: 'ok', catalog: null })
  expect(await world.ports.folder.read('catalog')).toBeNull()
  expect(await world.ports.folder.read('clauses')).not.toContain(catalog)
})

test('a pass that breaks off tells what is in place and what waits', async () => {
  const world = await changedWorld()
  const { ports } = killedAt(world.ports, 0, 'before')
  expect(await runPass(options, ports)).toMatchObject({ status: 'failed', zones: 0, warnings: ['killed'] })
  const around = (name: string, work: () => Promise<unknown>) =>
    name === 'folder.place' ? Promise.reject(new Error('no space left')) : work()
  expect(await runPass(options, wrapped(world.ports, around))).toMatchObject({
    ...{ status: 'failed', warnings: ['no space left'], zones: 7 },
    waiting: { reconfig: true, zones: expect.arrayContaining(['a.example']) },
  })
})

/** Every call of a port, by its name. */
function wrapped(
  ports: FollowerPorts,
  around: (name: string, work: () => Promise<unknown>) => Promise<unknown>,
): FollowerPorts {
  const each = <T extends object>(group: string, port: T): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, one]) => {
        if (typeof one !== 'function' || name === 'pathOf') return [name, one]
        return [name, (...args: unknown[]) => around(`${group}.${name}`, () => one(...args))]
      }),
    ) as T
  return {
    ...ports,
    published: each('published', ports.published),
    folder: each('folder', ports.folder),
    checks: each('checks', ports.checks),
    askServer: words => around('askServer', () => ports.askServer(words)) as Promise<string | null>,
  }
}

function killedAt(ports: FollowerPorts, step: number, when: 'before' | 'after') {
  let at = 0
  let isDead = false
  const around = async (_name: string, work: () => Promise<unknown>) => {
    if (isDead) throw new Error('killed')
    isDead = at++ === step
    if (isDead && when === 'after') await work()
    if (isDead) throw new Error('killed')
    return work()
  }
  return { ports: wrapped(ports, around), wasKilled: () => isDead }
}

function counting(ports: FollowerPorts) {
  const calls: string[] = []
  const around = (name: string, work: () => Promise<unknown>) => {
    calls.push(name)
    return work()
  }
  return { ports: wrapped(ports, around), calls: () => calls }
}
