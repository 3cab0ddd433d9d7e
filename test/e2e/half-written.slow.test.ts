import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// A configuration folder that others write while cycles on this machine read it (behaviour §11.7): an editor, rsync, git. Every
// cycle uses one configuration, wholly.

const addresses = ['127.0.76.1', '127.0.76.2', '127.0.76.3']
const zones = 120
let edges: Edges
beforeAll(async () => {
  edges = await startEdges(addresses)
})
afterAll(() => edges.close())

/** The files of the folder as revision `r`, each of which says so, by path. */
function filesOf(r: number): [path: string, text: string][] {
  const list = `${[...addresses, `127.0.76.${10 + r}`].join('\n')}\n`
  const include = `revision TXT "r${r}"\n`
  return [
    ['edges/net', list],
    ...Array.from({ length: zones }, (_, n): [string, string] => [`zones/net/z${n}.example.zone`, include]),
  ]
}

/** The revisions of which a report, and the zones that are published, have anything. */
function revisionsIn(place: Workplace, { edges: rows }: Report): number[] {
  const own = rows.map(({ edge }) => edge).filter(edge => !addresses.includes(edge))
  const inZones = Array.from({ length: zones }, (_, n) => String(place.published(`zones/net/z${n}.example.zone`)))
  const marks = inZones.map(text => Number(/"r(\d+)"/.exec(text)?.[1]))
  return [...new Set([...own.map(edge => Number(edge.split('.')[3]) - 10), ...marks])]
}

const where = (place: Workplace) => ['-c', place.config, '--local', place.storage]
const rowsOf = (text: string) => text.split('\n').filter(row => row.startsWith('{'))

async function at(work: (place: Workplace) => Promise<void>): Promise<void> {
  const place = workplaceFor(edges, addresses)
  for (const zone of ['net', 'org']) rmSync(join(place.config, `zones/net/example.${zone}.zone`))
  for (const [path, text] of filesOf(1)) place.write(`config/${path}`, text)
  try {
    expect(revisionsIn(place, await cycle(place))).toEqual([1])
    await work(place)
  } finally {
    place.remove()
  }
}

async function cycle(place: Workplace): Promise<Report> {
  const { status, stdout } = await runInside(['manage', '--force', '--json', ...where(place)])
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

/** What operators read while the folder is not taken up: one warning, and which configuration goes on. */
async function expectTold(place: Workplace, { configuration, warnings }: Report, why: RegExp): Promise<void> {
  expect(warnings.filter(text => text.startsWith('the folder has errors and is not taken up'))).toHaveLength(1)
  expect(configuration?.rejected.join('\n')).toMatch(why)
  const checked = await runInside(['check', 'config', '-A', 'net', '--config', place.config, '--local', place.storage])
  expect(checked).toMatchObject({ status: 1, stdout: expect.stringMatching(why) })
  expect(checked.stdout).toContain(`${configuration?.hash.slice(0, 12)} since`)
  expect((await runInside(['status', ...where(place)])).stdout).toMatch(why)
}

test('an editor that renames: neither its leftovers nor the moment without the file is taken up', async () => {
  await at(async place => {
    const list = join(place.config, 'edges/net')
    // Between the two renames, as some editors save.
    writeFileSync(join(place.config, 'edges/.net.swp'), 'swap\n')
    renameSync(list, `${list}~`)
    const between = await cycle(place)
    expect(revisionsIn(place, between)).toEqual([1])
    await expectTold(place, between, /edges/)
    writeFileSync(list, String(filesOf(2)[0]?.[1]))
    const after = await cycle(place)
    expect(after.edges.map(({ edge }) => edge)).toContain('127.0.76.12')
    expect(after.configuration?.rejected).toEqual([])
    expect(
      (await runInside(['check', 'config', '-A', 'net', '--config', place.config, '--local', place.storage])).status,
    ).toBe(0)
  })
})

test('files that come one after the other, as rsync brings them, are taken up when all are there', async () => {
  await at(async place => {
    const running = startCommand(['manage', '--force', '--json', ...where(place)])
    let isOver = false
    const bringing = (async () => {
      for (const [path, text] of filesOf(2)) {
        const aside = join(place.config, path.replace(/([^/]+)$/, '.$1.Xy12Zz'))
        writeFileSync(aside, text)
        renameSync(aside, join(place.config, path))
        await pause(25)
      }
      isOver = true
    })()
    const { status, stdout } = await running.ended
    const isBefore = !isOver
    await bringing
    expect(status).toBe(0)
    const report: Report = JSON.parse(stdout)
    // A slow machine may start the cycle when all is there already.
    if (isBefore) {
      expect(revisionsIn(place, report)).toEqual([1])
      await expectTold(place, report, /the folder changes while it is read/)
    }
    expect(revisionsIn(place, await cycle(place))).toEqual([2])
  })
})

test('git checkout of another branch, again and again: every cycle uses all of one branch', async () => {
  await at(async place => {
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], {
        cwd: place.config,
        stdio: 'pipe',
      })
    git('init', '-q', '-b', 'one')
    git('add', '.')
    git('commit', '-qm', 'one')
    git('checkout', '-q', '-b', 'two')
    for (const [path, text] of filesOf(2)) place.write(`config/${path}`, text)
    git('commit', '-qam', 'two')
    const running = startCommand(['manage', '--every', '1', '--force', '--json', ...where(place)])
    const used = new Set<number>()
    let count = 0
    const end = Date.now() + 60_000
    for (let n = 0; Date.now() < end && (count < 8 || used.size < 2); n++) {
      git('checkout', '-q', n % 2 === 0 ? 'one' : 'two')
      await pause(n % 5 === 0 ? 2_500 : 120)
      const reports = rowsOf(running.stdout()).map(row => JSON.parse(row) as Report)
      for (const { status, edges: rows } of reports.slice(count)) {
        const own = rows.map(({ edge }) => edge).filter(edge => !addresses.includes(edge))
        expect({ status, edges: own.length }).toEqual({ status: 'ok', edges: 1 })
        used.add(Number(own[0]?.split('.')[3]) - 10)
      }
      count = reports.length
    }
    running.child.kill('SIGTERM')
    await running.ended
    expect([...used].sort()).toEqual([1, 2])
    const bundles = JSON.parse(
      (await runInside(['config', 'log', '--json', ...where(place)])).stdout.split('\n')[0] ?? '',
    )
    git('checkout', '-q', 'two')
    const { configuration, ...report } = await cycle(place)
    expect(revisionsIn(place, report as Report)).toEqual([2])
    // Both branches, and nothing between them, were ever put in force.
    const log = await runInside(['config', 'log', '--json', ...where(place)])
    const hashes = new Set(rowsOf(log.stdout).map(row => JSON.parse(row).hash))
    expect(hashes.size).toBe(2)
    expect(hashes).toContain(configuration?.hash)
    expect(hashes).toContain(bundles.hash)
    expect(readFileSync(join(place.config, 'edges/net'), 'utf8')).toContain('127.0.76.12')
  })
}, 120_000)
