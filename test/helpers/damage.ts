import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { embeddedRows } from '../../functions/adapters/embedded/embedded-rows.ts'
import { openStore } from '../../functions/adapters/embedded/local-storage.ts'
import { createOrders } from '../../functions/adapters/table/orders.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Stored } from '../../functions/cycle/ports/ports.ts'

const networks = ['net', 'other']
const edges = Array.from({ length: 20 }, (_, at) => `edge${at}.example.org`)
const live = edges.slice(0, 4)
const now = Date.now()
let model: string

/** What a damage does to the files of a store. */
export interface Damage {
  readonly name: string
  readonly harm: (folder: string) => void
}

/** Makes, for the tests of a file, a folder in which two networks have worked: 60 cycles, 40 zones and 12 orders each. */
export function prepareDamages(): void {
  beforeAll(makeModel, 120_000)
  afterAll(() => rmSync(model, { recursive: true }))
}

async function makeModel(): Promise<void> {
  model = mkdtempSync(join(tmpdir(), 'edgemanage-damage-'))
  const store = await openStore(model, { readOnly: false })
  const rows = embeddedRows(store)
  for (const network of networks) {
    for (const edge of edges.slice(0, 12)) {
      await createOrders(rows).give(network, {
        edge,
        mode: 'unavailable',
        comment: 'c',
        by: 'b',
        since: 1,
        expires: null,
      })
    }
    for (let at = 60; at > 0; at--)
      await cycle(
        network,
        now - at * 60_000,
        createTable(rows, () => now - at * 60_000),
      )
  }
  await store.close()
  mkdirSync(join(model, 'bucket/zones/net'), { recursive: true })
  writeFileSync(join(model, 'bucket/zones/net/named.conf'), 'zone "example.org" { };\n')
}

async function cycle(network: string, at: number, table: ReturnType<typeof createTable>): Promise<Stored> {
  const begun = await table.begin({ network, now: at, leaseSeconds: 70, force: true, samples: 2000 })
  if (begun.status !== 'begun') throw new Error(begun.status)
  const entry = packEntry({ outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true })
  const roster = rosterOf(edges, [])
  const run: Run = {
    time: at,
    roster,
    entries: new Uint32Array(edges.length).fill(entry),
    killed: false,
    timeoutMicros: 10_000_000,
    configuration: null,
    circumstances: noCircumstances,
  }
  const isFirst = begun.before.live === null
  const zone = { serial: 7, hash: 'h'.repeat(64), due: false, orphaned: false }
  const zones = new Map(isFirst ? Array.from({ length: 40 }, (_, n) => [`zone${n}.example`, zone] as const) : [])
  await table.record(begun.lease, { run, hour: null, addresses: null, intents: null, keepUntil: now + 1e9 })
  const records = { zones, namedConf: null, liveList: null }
  await table.finish(begun.lease, { now: at, status: 'ok', live, rotations: [now - 3_600_000], records })
  return begun.before
}

/** Numbers that look random, the same in every run of the tests. */
function drawer(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const file = (folder: string) => join(folder, 'state.sqlite')

function changed(folder: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(file(folder), change(readFileSync(file(folder))))
}

/** Every damage: bits flipped, files cut, pages lost, files swapped, deleted, replaced by something else. */
export function damages(): Damage[] {
  const draw = drawer(7)
  const flips = Array.from({ length: 130 }, (_, at) => {
    const [share, bit] = [draw(1_000_000) / 1_000_000, draw(8)]
    const harm = (folder: string) =>
      changed(folder, bytes => {
        // Every fourth in the first page, which says where all others are.
        const place = Math.floor(share * (at % 4 === 0 ? 200 : bytes.length))
        bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << bit), place)
        return bytes
      })
    return { name: `bit flipped (${at})`, harm }
  })
  const cuts = Array.from({ length: 40 }, (_, at) => {
    const share = at === 0 ? 0 : draw(1000) / 1000
    const keep = (bytes: Buffer) => Math.floor(share * bytes.length)
    const toPages = (length: number) => (at % 2 === 0 ? length - (length % 4096) : length)
    return {
      name: `cut (${at})`,
      harm: (folder: string) => changed(folder, bytes => bytes.subarray(0, toPages(keep(bytes)))),
    }
  })
  const pages = Array.from({ length: 40 }, (_, at) => {
    const share = draw(1000) / 1000
    const harm = (folder: string) =>
      changed(folder, bytes => {
        const from = Math.floor((share * bytes.length) / 4096) * 4096
        if (at % 2 === 0) return bytes.fill(0, from, from + 4096)
        bytes.copy(bytes, from, 4096, 8192)
        return bytes
      })
    return { name: `page lost (${at})`, harm }
  })
  return [...flips, ...cuts, ...pages, ...swaps(), ...others()]
}

/** Every file of the store in the place of every other one, and of one of the bucket's. */
function swaps(): Damage[] {
  const names = ['state.sqlite', 'state.made', 'state.lock', 'bucket/zones/net/named.conf', 'state.sqlite-journal']
  return names.flatMap(one =>
    names
      .filter(other => other > one)
      .map(other => ({
        name: `${one} and ${other} swapped`,
        harm: (folder: string) => {
          const aside = join(folder, 'aside')
          if (existsSync(join(folder, one))) renameSync(join(folder, one), aside)
          if (existsSync(join(folder, other))) renameSync(join(folder, other), join(folder, one))
          if (existsSync(aside)) renameSync(aside, join(folder, other))
        },
      })),
  )
}

function others(): Damage[] {
  const replaced = (name: string, put: (path: string, folder: string) => void): Damage => ({
    name,
    harm: folder => {
      rmSync(file(folder))
      put(file(folder), folder)
    },
  })
  const beside = (name: string, put: (path: string) => void): Damage[] =>
    ['-journal', '-wal', '-shm'].map(end => ({ name: `${name} at ${end}`, harm: folder => put(file(folder) + end) }))
  return [
    replaced('database deleted', () => {}),
    { name: 'all of its files deleted', harm: folder => removeStore(folder) },
    replaced('link to nowhere', path => symlinkSync('nowhere', path)),
    replaced('link to itself', path => symlinkSync(path, path)),
    replaced('link to a folder', path => symlinkSync('/tmp', path)),
    replaced('link to a device', path => symlinkSync('/dev/null', path)),
    replaced('link to a text', path => symlinkSync('/etc/passwd', path)),
    replaced('folder in its place', path => mkdirSync(path)),
    replaced('a text', path => writeFileSync(path, 'hello\n'.repeat(5000))),
    replaced('a second name of another file', (path, folder) =>
      linkSync(join(folder, 'bucket/zones/net/named.conf'), path),
    ),
    ...beside('folder', path => mkdirSync(path)),
    ...beside('garbage', path => writeFileSync(path, 'garbage '.repeat(2000))),
    ...beside('link to itself', path => symlinkSync(path, path)),
    { name: 'lock is a folder', harm: folder => replaceBy(join(folder, 'state.lock')) },
    { name: 'mark is a folder', harm: folder => replaceBy(join(folder, 'state.made')) },
    { name: 'bucket deleted', harm: folder => rmSync(join(folder, 'bucket'), { recursive: true }) },
  ]
}

function replaceBy(path: string): void {
  rmSync(path, { force: true })
  mkdirSync(path)
}

function removeStore(folder: string): void {
  for (const name of readdirSync(folder).filter(one => one.startsWith('state.'))) rmSync(join(folder, name))
}

async function inStore<T>(
  folder: string,
  readOnly: boolean,
  work: (rows: ReturnType<typeof embeddedRows>) => Promise<T>,
) {
  const store = await openStore(folder, { readOnly })
  try {
    return await work(embeddedRows(store))
  } finally {
    await store.close()
  }
}

/** Everything is as it was, or a word was said; what is there is never other than it was. */
function expectTold({ orders, live: found, zones, warnings }: Stored): void {
  const isWhole = orders.size === 12 && [...orders.values()].every(order => order !== 'unreadable') && zones.size === 40
  if (!isWhole || found === null) expect(warnings.join('\n')).toMatch(/damaged|is missing|cannot be read/)
  if (found !== null) expect(found).toEqual(live)
  for (const zone of zones.values()) expect(zone.serial).toBe(7)
  for (const order of orders.values()) if (order !== 'unreadable') expect(order.mode).toBe('unavailable')
}

/** After this damage no order is lost without a word, and cycles of both networks go on. */
export async function survives({ harm }: Damage): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-damaged-'))
  try {
    cpSync(model, folder, { recursive: true })
    harm(folder)
    for (const network of networks) {
      expectTold(await inStore(folder, true, rows => createTable(rows).peek(network, 2000)))
    }
    for (const network of networks) {
      expectTold(
        await inStore(folder, false, rows =>
          cycle(
            network,
            now,
            createTable(rows, () => now),
          ),
        ),
      )
    }
    const later = now + 60_000
    const after = await inStore(folder, false, rows =>
      cycle(
        'net',
        later,
        createTable(rows, () => later),
      ),
    )
    expect(after.live).toEqual(live)
    expect(after.history.runs.length).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
