/** What a command loads, and what it does with the verdict on a configuration that was kept (behaviour §11.4, §11.7). */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { runCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { loadedBy } from '../helpers/loaded-scripts.ts'
import { treeHash } from '../helpers/workplace.ts'

const addresses = ['127.0.23.1', '127.0.23.2', '127.0.23.3'] as const
const { place } = workplaceForEach(addresses)

const at = () => ['-c', place.config, '--local', place.storage]
const manage = (...more: string[]) => ['manage', '--force', '--json', ...at(), ...more]
const compiled = () => join(place.storage, 'compiled')
const kept = () => readdirSync(compiled()).map(name => join(compiled(), name))

async function cycle(...more: string[]): Promise<Report> {
  const { stdout, stderr } = await runInside(manage(...more))
  expect(stderr).toBe('')
  return JSON.parse(stdout) as Report
}

/** The texts of all pieces of the command that a process loads. */
async function piecesLoadedBy(args: readonly string[]): Promise<string[]> {
  const scripts = await loadedBy(args, place.folder)
  return scripts.filter(({ path }) => path.includes('/command/')).map(({ text }) => text)
}

/** By what a bundle says of itself: the comments with which it names the files that it was made of. */
const unneeded = /^\/\/ node_modules\/(yaml|zod|handlebars|@aws-sdk|@smithy)\//m

describe('a command of which nothing is asked that it has not done before', () => {
  test.each<[string, () => string[]]>([
    ['manage', () => manage()],
    ['query', () => ['query', ...at()]],
    ['check', () => ['check', 'live', '--config', place.config, '--local', place.storage]],
  ])('%s loads no YAML, no schemas, no templates, nothing of AWS', async (_name, args) => {
    await runCommand(manage())
    const pieces = await piecesLoadedBy(args())
    expect(pieces.length).toBeGreaterThan(2)
    // A hundred small files would take longer to read than all that they hold.
    expect(pieces.length).toBeLessThan(20)
    expect(pieces.filter(text => unneeded.test(text))).toEqual([])
  })

  test('the first one does: it checks, and publishes', async () => {
    expect((await piecesLoadedBy(manage())).filter(text => unneeded.test(text)).length).toBeGreaterThan(0)
  })
})

describe('a folder that was found to be valid', () => {
  test('is taken up again when it changes, though size and time stamps stay', async () => {
    const path = join(place.config, 'zones/net/example.org.zone')
    const { mtime, atime } = statSync(path)
    await cycle()
    writeFileSync(path, readFileSync(path, 'utf8').replace('192.0.2.25', '192.0.2.26'))
    utimesSync(path, atime, mtime)
    const { zones } = await cycle()
    expect(zones.find(({ zone }) => zone === 'example.org')).toMatchObject({ action: 'published' })
    expect(place.published('zones/net/example.org.zone')).toContain('192.0.2.26')
  })

  test('an error in it is told in every cycle, and gone when it is', async () => {
    await cycle()
    const good = readFileSync(join(place.config, 'edgemanage.yaml'), 'utf8')
    place.write('config/edgemanage.yaml', `${good}timeout: never\n`)
    for (let round = 0; round < 2; round++) {
      const { stdout } = await runInside(manage())
      const { status, warnings } = JSON.parse(stdout) as Report
      expect([status, warnings.some(text => text.includes('is not taken up'))]).toEqual(['ok', true])
    }
    place.write('config/edgemanage.yaml', good)
    expect((await cycle()).warnings).toEqual([])
  })

  test('warnings about it are told as they were', async () => {
    place.write('config/zones/net/notes.txt', '')
    const said = async () => (await runInside(['manage', '--force', ...at()])).stderr
    const first = await said()
    expect(first).toContain('zone includes end in .zone')
    expect(await said()).toBe(first)
  })

  test('of a bundle that is damaged in the bucket the verdict does not help', async () => {
    await cycle()
    const first = await cycle()
    const hash = String(first.configuration?.hash)
    place.write('config/edgemanage.yaml', 'no settings\n')
    writeFileSync(join(place.storage, 'bucket/config/net', hash), '{}')
    const { stdout } = await runInside(manage())
    expect(stdout + (await runInside(['query', ...at()])).stderr).toMatch(/damaged|edgemanage.yaml/)
  })
})

describe('a verdict that was kept', () => {
  const harms: readonly (readonly [string, (path: string) => void])[] = [
    ['a bit flipped at its beginning', path => flipped(path, 3)],
    ['a bit flipped in its middle', path => flipped(path, Math.floor(statSync(path).size / 2))],
    ['a bit flipped at its end', path => flipped(path, statSync(path).size - 3)],
    ['cut', path => writeFileSync(path, readFileSync(path).subarray(0, 100))],
    ['empty', path => writeFileSync(path, '')],
    ['not a text', path => writeFileSync(path, Buffer.alloc(5000, 0xff))],
    ['deleted', path => rmSync(path)],
    [
      'a folder',
      path => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    [
      'a pipe in which nobody writes',
      path => {
        rmSync(path)
        execFileSync('mkfifo', [path])
      },
    ],
    [
      'a link to nowhere',
      path => {
        rmSync(path)
        symlinkSync('nowhere', path)
      },
    ],
    [
      'a link to what never ends',
      path => {
        rmSync(path)
        symlinkSync('/dev/null', path)
      },
    ],
  ]
  test.each(harms)('%s: is found anew, and nothing else is', async (_how, harm) => {
    await cycle()
    const before = await cycle()
    for (const path of kept()) harm(path)
    // A process: one that waits for ever would keep this one from noticing.
    const { stdout } = await runCommand(['query', ...at()])
    expect(stdout.split('\n')).toHaveLength(4)
    const after = await cycle()
    expect(after).toMatchObject({ status: 'ok', warnings: [], rotated: false, configuration: before.configuration })
    expect(after.zones.map(({ action }) => action)).toEqual(before.zones.map(({ action }) => action))
  })

  test('two that were swapped are told apart', async () => {
    await cycle()
    place.settings({ edge_count: 1 })
    await cycle()
    const bundles = kept().filter(path => !path.includes('folder-'))
    expect(bundles).toHaveLength(2)
    const [a = '', b = ''] = bundles
    const [textA, textB] = [readFileSync(a), readFileSync(b)]
    writeFileSync(a, textB)
    writeFileSync(b, textA)
    expect((await cycle()).live).toHaveLength(1)
  })

  test('is nothing that a look leaves behind, or a dry run', async () => {
    await cycle()
    rmSync(compiled(), { recursive: true })
    const before = treeHash(place.storage)
    await runInside(['query', ...at()])
    await runInside(manage('--dry-run'))
    expect(treeHash(place.storage)).toBe(before)
  })

  test('where it cannot be kept, cycles do without', async () => {
    await cycle()
    rmSync(compiled(), { recursive: true })
    writeFileSync(compiled(), 'in the way')
    expect(await cycle()).toMatchObject({ status: 'ok', warnings: [] })
    expect(readFileSync(compiled(), 'utf8')).toBe('in the way')
  })
})

function flipped(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(path, bytes)
}
