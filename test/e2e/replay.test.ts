import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import { runCommand } from '../helpers/command.ts'
import { now } from '../helpers/core.ts'
import { startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { recordedOf } from '../helpers/recorded.ts'
import { storeRecorded } from '../helpers/recorded-place.ts'
import { workplaceFor } from '../helpers/workplace.ts'

// `edgemanage replay` on the sample network, 50 cycles with planted blips behind it; the last one was a minute ago.

const root = new URL('../..', import.meta.url).pathname
const sample = loadConfiguration(configFolder(join(root, 'config')), { absolutePaths: 'warning' }).networks.find(
  ({ name }) => name === 'sample',
)
const place = mkdtempSync(join(tmpdir(), 'edgemanage-'))
const storage = join(place, 'storage')

/** 50 cycles of healthy probes, but failed ones in these (from 0). */
const failingIn = (...failing: number[]) =>
  Array.from({ length: 50 }, (_, at) => (failing.includes(at) ? 'x' : '.')).join('')
const dead = 'x'.repeat(50)
const probes = {
  // Live at first are .1, .2 and .3; each blip hits an edge that is live then, and the last failure of .1 is none.
  '127.0.1.1': failingIn(5, 40, 41, 42),
  '127.0.1.2': failingIn(15),
  '127.0.1.3': failingIn(25),
  '127.0.1.4': dead,
  '127.0.1.5': dead,
  // It comes in for .1, and stays.
  '127.0.1.6': failingIn(35, 36),
}

beforeAll(async () => {
  if (sample === undefined) throw new Error('config/ has no network sample')
  mkdirSync(storage)
  await storeRecorded(storage, 'sample', recordedOf(sample, { probes }), Date.now() - 60_000 - now)
})
afterAll(() => rmSync(place, { recursive: true }))

const at = () => ['replay', '--local', storage]

describe('edgemanage replay', () => {
  test('answers in a second what a person would conclude from the samples', measuresTime, async () => {
    const started = performance.now()
    const { status, stdout, stderr } = await runCommand([...at(), '--sweep', 'down_after=1,2,3'])
    const seconds = (performance.now() - started) / 1000
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines[0]).toBe(
      'sample: Unchanged settings give exactly the recorded live sets and rotations in all 50 cycles.',
    )
    const table = lines.slice(3, 9).map(line => line.trim().split(/ {2,}/))
    expect(table).toEqual([
      ['SETTINGS', 'ROTATIONS', 'EVICTIONS', 'EXPOSURE, EDGE-MIN', 'SHORT, MIN', 'MEAN FETCH'],
      ['as it was', '6', '5', '5', '0', '0.100 s'],
      ['down_after=2', '2', '1', '5', '0', '0.100 s', '*'],
      ['down_after=1', '6', '5', '5', '0', '0.100 s', 'current'],
      ['down_after=3', '2', '1', '6', '0', '0.100 s'],
      [expect.stringMatching(/^\* no other/)],
    ])
    expect(stdout).toContain(
      'down_after=2 would have helped most: 4 fewer rotations and 4 fewer evictions, at no cost.',
    )
    expect(stdout).toContain('+ 127.0.1.1 live: refused in 0.02 s, failure 1 of the 2 it takes to fail; stays live')
    expect(stdout).toContain('━ live, ▒ live and failing, ▲ rotation')
    expect(existsSync(join(storage, 'bucket'))).toBe(false)
    // Other tests are running beside this one.
    expect(seconds).toBeLessThan(5)
  })

  test('a page, and JSON for programs', async () => {
    const html = join(place, 'replay.html')
    const { status, stdout, stderr } = await runInside([
      ...at(),
      '--set',
      'down_after=2',
      '--set',
      'up_after=2',
      '--html',
      html,
      '--json',
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: `edgemanage: the replay is in ${html}\n` })
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({ network: 'sample', cycles: 50, faithful: { exact: true, alike: 50 } })
    expect(answer.alternatives).toMatchObject([{ settings: { down_after: 2, up_after: 2 }, rotations: 2, best: true }])
    expect(readFileSync(html, 'utf8')).toContain('<h1>sample, replayed</h1>')
  })

  test('without other settings it tells how faithful it is and how it was', async () => {
    const { status, stdout } = await runInside(at())
    expect(status).toBe(0)
    expect(stdout).toContain('in all 50 cycles.')
    expect(stdout).not.toContain('helped')
  })

  test.each([
    [['--set', 'timeout=3'], /timeout cannot be replayed; what can be: goodenough, edge_count/],
    [['--set', 'edge_count=0'], /edge_count=0: /],
    [['--sweep', 'down_after=1,x'], /down_after=x: /],
    [['--hours', '0'], /--hours/],
    [['--html', ''], /--html must not be empty/],
  ])('%j is wrong usage', async (flags, reason) => {
    const { status, stdout, stderr } = await runInside([...at(), ...flags])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(reason)
  })
})

test('where settings have changed meanwhile, the first line says so, and when', async () => {
  const addresses = [1, 2, 3].map(at => `127.0.63.${at}`)
  const edges = await startEdges(addresses)
  const site = workplaceFor(edges, addresses)
  const flags = ['--config', site.config, '--local', site.storage]
  try {
    const cycle = () => runInside(['manage', ...flags, '--force'])
    for (const [address, delayMs] of [[addresses[2], 100]] as const) edges.behave(String(address), { delayMs })
    await cycle()
    edges.behave(String(addresses[0]), { status: 503 })
    await cycle()
    edges.behave(String(addresses[0]), {})
    site.settings({ down_after: 3 })
    await cycle()
    const { stdout } = await runInside(['replay', ...flags])
    expect(stdout.split('\n')[0]).toMatch(
      /^net: Unchanged settings do not give what was recorded in \d of 3 cycles\. The first is that of .*: settings changed meanwhile: configuration [0-9a-f]{12} was in force then; a changed folder put [0-9a-f]{12} in force at 20.* UTC\.$/,
    )
  } finally {
    site.remove()
    await edges.close()
  }
})
