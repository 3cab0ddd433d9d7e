import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand, startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// Pushes as processes (behaviour §11.2): two at once, one that is killed, one while a cycle runs.

const addresses = ['127.0.73.1', '127.0.73.2']
const added = '127.0.73.3'
const list = (...names: string[]) => `${names.join('\n')}\n`
let edges: Edges
beforeAll(async () => {
  edges = await startEdges([...addresses, added])
})
afterAll(() => edges.close())

async function at(work: (place: Workplace) => Promise<void>): Promise<void> {
  const place = workplaceFor(edges, addresses)
  place.write('config/edges/other', list(...addresses))
  // Storing these takes a while, in which the process can be stopped.
  for (let n = 0; n < 60; n++) place.write(`config/zones/other/z${n}.example.zone`, '')
  try {
    await run(place, 'config', 'push')
    await work(place)
  } finally {
    place.remove()
  }
}

const where = (place: Workplace) => ['-c', place.config, '--local', place.storage]
const run = (place: Workplace, ...words: string[]) => runCommand([...words, ...where(place)])
const objects = (place: Workplace, network: string) => readdirSync(join(place.storage, 'bucket/config', network)).length

/** Changes both networks and begins to push them; stops the process as soon as its first object is there. */
async function stoppedPush(place: Workplace) {
  place.write('config/edges/net', list(...addresses, added))
  place.write('config/edges/other', list(...addresses, added))
  for (let n = 0; n < 60; n++) place.write(`config/zones/other/z${n}.example.zone`, `x TXT "${n}"\n`)
  const before = objects(place, 'net')
  const push = startCommand(['config', 'push', '-C', 'slow', ...where(place)])
  const end = Date.now() + 20_000
  while (objects(place, 'net') === before && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 1))
  push.child.kill('SIGSTOP')
  return push
}

async function cycle(place: Workplace, network: string) {
  const { stdout } = await run(place, 'manage', '-A', network, '--force', '--json')
  return JSON.parse(stdout)
}

test('the loser of two pushes stops at its first conflict, says who was first, and what it had changed', async () => {
  await at(async place => {
    const slow = await stoppedPush(place)
    place.write('config/zones/other/first.example.zone', '')
    const first = await run(place, 'config', 'push', '-A', 'other', '-C', 'first')
    expect(first).toMatchObject({ status: 0 })
    slow.child.kill('SIGCONT')
    const { status, stdout, stderr } = await slow.ended
    expect(status).toBe(1)
    expect(stdout).toMatch(/^net: [0-9a-f]{12} is in force/m)
    expect(stderr).toMatch(/other: .+ was first and put [0-9a-f]{12} in force; changed before: net/)
    const report = await cycle(place, 'other')
    expect(first.stdout).toContain(report.configuration.hash.slice(0, 12))
    expect(await run(place, 'config', 'push', '-C', 'again')).toMatchObject({ status: 0 })
  })
}, 60_000)

test('a push that is killed changes nothing or everything of a network, and the same push again completes it', async () => {
  await at(async place => {
    const before = (await cycle(place, 'net')).configuration
    const push = await stoppedPush(place)
    push.child.kill('SIGKILL')
    await push.ended
    expect(existsSync(join(place.storage, 'bucket/config/net'))).toBe(true)
    const standing = await run(place, 'config', 'log', '-A', 'net', '--json')
    expect(JSON.parse(String(standing.stdout.split('\n')[0]))).toMatchObject({ hash: before.hash, isInForce: true })
    const again = await run(place, 'config', 'push', '--json')
    expect(again.status).toBe(0)
    const { hash } = JSON.parse(String(again.stdout.split('\n')[0]))
    expect((await cycle(place, 'net')).configuration).toMatchObject({ hash, rejected: [] })
  })
}, 60_000)

test('a cycle that runs while somebody pushes ends with what it began with; the next has the new one', async () => {
  await at(async place => {
    const before = (await cycle(place, 'net')).configuration
    for (const address of addresses) edges.behave(address, { delayMs: 1_500 })
    const asked = edges.asked(String(addresses[0]))
    const running = startCommand(['manage', '-A', 'net', '--force', '--json', ...where(place)])
    await asked
    place.write('config/edges/net', list(...addresses, added))
    expect(await run(place, 'config', 'push')).toMatchObject({ status: 0 })
    const during = JSON.parse((await running.ended).stdout)
    for (const address of addresses) edges.behave(address, {})
    expect(during).toMatchObject({ status: 'ok', configuration: { hash: before.hash } })
    const after = await cycle(place, 'net')
    expect(after.edges.map(({ edge }: { edge: string }) => edge)).toContain(added)
  })
}, 60_000)
