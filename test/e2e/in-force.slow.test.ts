import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurationLog, pushConfiguration } from '../../functions/library/library.ts'
import { edgesForAll, inWorkplace } from '../helpers/at-work.ts'
import { runCommand, startCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import type { Workplace } from '../helpers/workplace.ts'

// The configuration in force on one machine (behaviour §11): real folders, real processes, edges on loopback.

const addresses = ['127.0.18.1', '127.0.18.2', '127.0.18.3']
const added = '127.0.18.4'
const edges = edgesForAll([...addresses, added])
const at = <T>(work: (place: Workplace) => Promise<T>) => inWorkplace(edges, addresses, work)

const where = (place: Workplace) => ['-c', place.config, '--local', place.storage]
const cycle = async (place: Workplace, ...more: string[]) => {
  const ended = await runInside(['manage', '--force', '--json', ...where(place), ...more])
  return { ...ended, report: ended.stdout === '' ? null : JSON.parse(ended.stdout) }
}
const config = (place: Workplace, ...args: string[]) => runInside(['config', ...args, ...where(place)])
const edgeNames = (report: { edges: { edge: string }[] }) => report.edges.map(({ edge }) => edge)
const list = (...names: string[]) => `${names.join('\n')}\n`

describe('a folder on one machine', () => {
  test('a change is taken up by the next cycle; the report says since when and by whom', async () => {
    await at(async place => {
      const first = (await cycle(place)).report
      expect(first.configuration).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), rejected: [] })
      expect(first.configuration.by).toMatch(/@/)
      const again = (await cycle(place)).report
      expect(again.configuration).toEqual(first.configuration)
      place.write('config/edges/net', list(...addresses, added))
      const { report } = await cycle(place)
      expect(edgeNames(report)).toContain(added)
      expect(report.configuration.hash).not.toBe(first.configuration.hash)
      expect(readdirSync(join(place.storage, 'bucket/config/net'))).toContain(report.configuration.hash)
    })
  })

  const breaks: [string, (place: Workplace) => void][] = [
    ['a typo in the settings', place => place.write('config/edgemanage.yaml', 'goodenough: [\n')],
    ['no settings', place => rmSync(join(place.config, 'edgemanage.yaml'))],
    ['an unknown key', place => place.settings({ edge_cuont: 3 })],
    ['a faulty edge list', place => place.write('config/edges/net', 'two words\n')],
    ['no edge list', place => rmSync(join(place.config, 'edges/net'))],
    ['no folder of edges', place => rmSync(join(place.config, 'edges'), { recursive: true })],
    ['no test object', place => rmSync(join(place.config, 'objects'), { recursive: true })],
    ['no folder', place => rmSync(place.config, { recursive: true })],
  ]
  test.each(breaks)('%s: what is in force goes on, every problem is told, and the status is 0', async (_, breakIt) => {
    await at(async place => {
      const before = (await cycle(place)).report
      breakIt(place)
      const { status, report, stderr } = await cycle(place)
      expect({ status, is: report?.status }).toEqual({ status: 0, is: 'ok' })
      expect(report.live).toEqual(before.live)
      expect(report.configuration.hash).toBe(before.configuration.hash)
      expect(report.configuration.rejected.length).toBeGreaterThan(0)
      expect(report.warnings.join('\n')).toMatch(/: error: /)
      expect(stderr).toMatch(/: error: |^$/)
    })
  })

  test('where nothing was ever in force, the status is 2 and nothing is made', async () => {
    await at(async place => {
      place.write('config/edges/net', 'two words\n')
      const { status, stderr } = await cycle(place)
      expect(status).toBe(2)
      expect(stderr).toContain('edges/net:1:1: error: ')
      expect(existsSync(place.storage)).toBe(false)
    })
  })

  test('a faulty include or canary is taken up, and harms itself alone', async () => {
    await at(async place => {
      await cycle(place)
      place.write('config/zones/net/example.org.zone', 'mail 300 IN A 192.0.2.300\n')
      place.write('config/canaries/net', 'example.net: nowhere\n')
      place.write('config/edges/net', list(...addresses, added))
      const { status, report } = await cycle(place)
      expect(status).toBe(0)
      expect(edgeNames(report)).toContain(added)
      expect(report.warnings.join('\n')).toMatch(/zones\/net\/example\.org\.zone.*192\.0\.2\.300/)
      expect(report.warnings.join('\n')).toMatch(/canaries\/net:1:\d+: error: /)
    })
  })

  test('--every goes on through a broken edit, and takes up the repaired folder', async () => {
    await at(async place => {
      const running = startCommand(['manage', '--every', '1', '--force', '--json', ...where(place)])
      const reports = () =>
        running
          .stdout()
          .split('\n')
          .filter(line => line.startsWith('{'))
          .map(line => JSON.parse(line))
      const until = async (holds: () => boolean) => {
        const end = Date.now() + 20_000
        while (!holds() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 100))
        expect(holds()).toBe(true)
      }
      await until(() => reports().length >= 1)
      place.write('config/edges/net', 'two words\n')
      await until(() => reports().some(({ configuration }) => configuration?.rejected.length > 0))
      place.write('config/edges/net', list(...addresses, added))
      await until(() => reports().some(report => edgeNames(report).includes(added)))
      expect(reports().every(({ status }) => status === 'ok')).toBe(true)
      running.child.kill('SIGTERM')
      await running.ended
    })
  }, 60_000)

  test('more than half of the edges taken out is a warning', async () => {
    await at(async place => {
      await cycle(place)
      place.write('config/edges/net', list(addresses[0] as string))
      const { report } = await cycle(place)
      expect(report.warnings.join('\n')).toContain('2 of 3 edges would be taken out')
      expect(edgeNames(report)).toEqual([addresses[0]])
    })
  })

  test('a dry run shows what the folder would do, and puts nothing in force', async () => {
    await at(async place => {
      const { report: before } = await cycle(place)
      place.write('config/edges/net', list(...addresses, added))
      const { report } = await cycle(place, '-n')
      expect(edgeNames(report)).toContain(added)
      place.write('config/edges/net', list(...addresses))
      expect((await cycle(place)).report.configuration.hash).toBe(before.configuration.hash)
      expect((await config(place, 'log', '--json')).stdout.trim().split('\n')).toHaveLength(1)
    })
  })

  test('a folder that is being written is never taken up as a mixture', async () => {
    await at(async place => {
      await cycle(place)
      let at = 0
      const writer = setInterval(() => {
        at++
        writeFileSync(join(place.config, 'edges/net'), list(...addresses, `127.0.19.${at % 200}`))
      }, 40)
      const running = runCommand(['manage', '--force', '--json', ...where(place)])
      const { status, stdout } = await running
      clearInterval(writer)
      expect(status).toBe(0)
      expect(edgeNames(JSON.parse(stdout))).toEqual(addresses)
      expect(stdout).toContain('changes while it is read')
    })
  })
})

describe('push, rollback, pull, diff, log', () => {
  test('a rollback is one command, and holds until the folder changes', async () => {
    await at(async place => {
      const first = (await cycle(place)).report.configuration
      place.write('config/edges/net', list(...addresses, added))
      const second = (await cycle(place)).report.configuration
      const rolled = await config(place, 'rollback', '-C', 'too slow')
      expect(rolled).toMatchObject({ status: 0, stdout: `net: ${first.hash.slice(0, 12)} is in force again\n` })
      for (const _ of [1, 2]) {
        const { report } = await cycle(place)
        expect(report.configuration.hash).toBe(first.hash)
        expect(edgeNames(report)).toEqual(addresses)
      }
      const log = (await config(place, 'log', '--json')).stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(log.map(({ what, hash, comment }) => [what, hash, comment])).toEqual([
        ['rollback', first.hash, 'too slow'],
        ['folder', second.hash, ''],
        ['folder', first.hash, ''],
      ])
      place.write('config/edges/net', list(...addresses, added, '127.0.18.5'))
      expect(edgeNames((await cycle(place)).report)).toContain('127.0.18.5')
    })
  })

  test('a rollback of a push that no cycle has seen holds too, until the folder changes', async () => {
    await at(async place => {
      const first = (await cycle(place)).report.configuration
      place.write('config/edges/net', list(...addresses, added))
      expect((await config(place, 'push', '-C', 'by mistake')).status).toBe(0)
      expect((await config(place, 'rollback')).status).toBe(0)
      for (const _ of [1, 2]) expect((await cycle(place)).report.configuration.hash).toBe(first.hash)
      place.write('config/edges/net', list(...addresses, added, '127.0.18.5'))
      expect(edgeNames((await cycle(place)).report)).toContain('127.0.18.5')
    })
  })

  test('a rollback passes over no change of the folder that was never in force', async () => {
    await at(async place => {
      await cycle(place)
      place.settings({ down_after: 2 })
      expect((await config(place, 'push')).status).toBe(0)
      place.write('config/edges/net', list(...addresses, added))
      expect((await config(place, 'rollback')).status).toBe(0)
      expect(edgeNames((await cycle(place)).report)).toContain(added)
    })
  })

  test('a push is in force in the next cycle; the same push again changes nothing', async () => {
    await at(async place => {
      expect((await config(place, 'push', '-C', 'begin')).status).toBe(0)
      const again = await config(place, 'push', '--json')
      expect(JSON.parse(again.stdout)).toMatchObject({ network: 'net', action: 'unchanged', bytes: 0 })
      const { report } = await cycle(place)
      expect(report.configuration.hash).toBe(JSON.parse(again.stdout).hash)
      expect((await config(place, 'log')).stdout).toContain('begin')
    })
  })

  test('a push with any error is refused, with --yes for most edges, and nothing is changed', async () => {
    await at(async place => {
      await cycle(place)
      place.write('config/zones/net/example.org.zone', 'mail 300 IN A 192.0.2.300\n')
      const faulty = await config(place, 'push')
      expect(faulty.status).toBe(2)
      expect(faulty.stderr).toContain('zones/net/example.org.zone:1:')
      place.write('config/zones/net/example.org.zone', '')
      place.write('config/edges/net', list(addresses[0] as string))
      const few = await config(place, 'push')
      expect(few.status).toBe(2)
      expect(few.stderr).toContain('--yes')
      expect((await config(place, 'push', '--yes')).status).toBe(0)
    })
  })

  test.each([
    ['control characters', 'a\u001b[31mb', 'comment must be one line without control characters'],
    ['two lines', 'a\nb', 'comment must be one line without control characters'],
    ['more than a log holds', 'x'.repeat(501), 'comment is longer than 500 characters'],
  ])('a comment with %s is refused, and nothing is changed', async (_what, comment, words) => {
    await at(async place => {
      expect(await config(place, 'push', '-C', 'first')).toMatchObject({ status: 0 })
      place.settings({ goodenough: 0.6 })
      const refused = { status: 2, stdout: '', stderr: expect.stringContaining(words) }
      expect(await config(place, 'push', '-C', comment)).toMatchObject(refused)
      expect(await config(place, 'push', '-C', ' second ')).toMatchObject({ status: 0 })
      expect(await config(place, 'rollback', '-C', comment)).toMatchObject(refused)
      const here = { config: place.config, local: place.storage }
      place.settings({ goodenough: 0.7 })
      await expect(pushConfiguration(here, { comment })).rejects.toThrow(words)
      await expect(pushConfiguration(here, { by: `${comment.slice(0, 9)}\u0007` })).rejects.toThrow(
        'by must be one line',
      )
      const log = (await config(place, 'log', '--json')).stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(log.map(entry => entry.comment)).toEqual(['second', 'first'])
    })
  })

  test('pull writes what is in force, byte for byte, and refuses a folder that is not empty', async () => {
    await at(async place => {
      place.write('config/objects/object', edges.body)
      place.write('config/canaries/net', '# none\n')
      writeFileSync(join(place.config, 'zones/net/example.net.zone'), '; caf\u00e9\n')
      place.write('config/edges/other', list('127.0.18.2', '127.0.18.3'))
      place.write('config/zones/other/other.example.zone', '')
      place.settings({ networks: { other: { edge_count: 1 }, net: { down_after: 2 } } })
      expect((await config(place, 'push')).status).toBe(0)
      const into = join(place.folder, 'pulled')
      expect((await config(place, 'pull', into)).status).toBe(0)
      const files = (folder: string) =>
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter(file => file.isFile())
          .map(file => join(file.parentPath, file.name))
          .map(path => [path.slice(folder.length), readFileSync(path).toString('base64')])
          .sort()
      expect(files(into)).toEqual(files(place.config))
      expect((await config(place, 'pull', into)).status).toBe(2)
    })
  })

  test('a dry push of what is in force says so, in words and as JSON', async () => {
    await at(async place => {
      const pushed = JSON.parse((await config(place, 'push', '--json')).stdout)
      const { hash } = pushed
      const words = await config(place, 'push', '-n')
      expect(words).toMatchObject({ status: 0, stdout: `net: ${hash.slice(0, 12)} is in force already\n` })
      const rows = await config(place, 'push', '-n', '--json')
      expect(rows.status).toBe(0)
      expect(JSON.parse(rows.stdout)).toEqual({ network: 'net', action: 'unchanged', hash, previous: hash, bytes: 0 })
    })
  })

  test('a cycle that may not begin has taken up nothing: its report names no configuration', async () => {
    await at(async place => {
      const begun = (await cycle(place)).report
      expect(begun.configuration).not.toBeNull()
      const { stdout } = await runInside(['manage', '--json', ...where(place)])
      expect(JSON.parse(stdout)).toMatchObject({
        status: 'too_soon',
        configuration: null,
        edges: [],
        warnings: [expect.stringContaining('wait')],
      })
    })
  })

  test('diff shows files in the manner of a plan', async () => {
    await at(async place => {
      await config(place, 'push')
      expect((await config(place, 'diff')).stdout).toBe('net: the folder is what is in force\n')
      place.write('config/edges/net', list(...addresses, added))
      place.write('config/zones/net/new.example.zone', '')
      const { stdout } = await config(place, 'diff')
      expect(stdout).toMatch(/~ edges\/net[\s\S]*\+127\.0\.18\.4[\s\S]*\+ zones\/net\/new\.example\.zone/)
    })
  })

  test('a dry push shows the plan that the next cycle would have, and stores nothing', async () => {
    await at(async place => {
      await cycle(place)
      const before = readdirSync(join(place.storage, 'bucket/config/net')).sort()
      place.write('config/zones/net/new.example.zone', '')
      const { status, stdout } = await config(place, 'push', '-n')
      expect(status).toBe(0)
      expect(stdout).toMatch(/\+ zone new\.example/)
      const planned = await config(place, 'push', '-n', '--json')
      expect(JSON.parse(planned.stdout)).toMatchObject({ network: 'net', dryRun: true, status: 'ok' })
      expect(readdirSync(join(place.storage, 'bucket/config/net')).sort()).toEqual(before)
    })
  })

  test('a change of one edge writes a few kilobytes among 2,000 zones', async () => {
    await at(async place => {
      for (let n = 0; n < 2000; n++)
        place.write(`config/zones/net/z${n}.example.zone`, `a${n} IN TXT "${'x'.repeat(100)}"\n`)
      expect(JSON.parse((await config(place, 'push', '--json')).stdout).bytes).toBeGreaterThan(200_000)
      place.write('config/edges/net', list(...addresses, added))
      expect(JSON.parse((await config(place, 'push', '--json')).stdout).bytes).toBeLessThan(4_000)
      place.write('config/zones/net/z7.example.zone', '')
      expect(JSON.parse((await config(place, 'push', '--json')).stdout).bytes).toBeLessThan(20_000)
    })
  }, 120_000)
})

describe('a bundle that cannot be used', () => {
  const harms: [string, (path: string) => void][] = [
    ['deleted', path => rmSync(path)],
    ['truncated', path => writeFileSync(path, readFileSync(path).subarray(0, 20))],
    ['of another version', path => writeFileSync(path, JSON.stringify({ version: 99 }))],
  ]
  test.each(harms)(
    '%s: the one before goes on, with one warning, and the same push again repairs it',
    async (_, harm) => {
      await at(async place => {
        const first = (await cycle(place)).report.configuration
        const folder = place.config
        place.write('config/edges/net', list(...addresses, added))
        const pushed = JSON.parse((await config(place, 'push', '--json')).stdout).hash
        harm(join(place.storage, 'bucket/config/net', pushed))
        // Nobody has the folder any more.
        place.write('config/edges/net', 'broken now\n')
        for (const _ of [1, 2]) {
          const { status, report } = await cycle(place)
          expect(status).toBe(0)
          expect(report.configuration.hash).toBe(first.hash)
          const told = report.warnings.filter((warning: string) => warning.includes('is not used'))
          expect(told).toHaveLength(1)
          expect(told[0]).toContain(pushed.slice(0, 12))
        }
        place.write('config/edges/net', list(...addresses, added))
        expect(JSON.parse((await config(place, 'push', '--json')).stdout)).toMatchObject({
          action: 'pushed',
          hash: pushed,
        })
        expect(folder).toBe(place.config)
        expect((await cycle(place)).report.configuration).toMatchObject({ hash: pushed, rejected: [] })
      })
    },
  )
})

describe('a program', () => {
  test('replaces edge lists and puts them in force in one call; two at once: one is first', async () => {
    await at(async place => {
      const where = { config: place.config, local: place.storage }
      const pushed = await pushConfiguration(where, {
        edges: { net: [...addresses, added] },
        comment: 'saved',
        by: 'app',
      })
      expect(pushed.edges).toMatchObject({ updated: ['net'], created: [], deleted: [] })
      expect(pushed.networks).toMatchObject([{ network: 'net', action: 'pushed' }])
      expect(edgeNames((await cycle(place)).report)).toContain(added)
      await expect(pushConfiguration(where, { edges: { net: [added] } })).rejects.toThrow('it takes yes')
      expect(await configurationLog(where)).toMatchObject([
        { network: 'net', what: 'push', by: 'app', comment: 'saved' },
      ])
    })
  })
})

test('old parts are deleted, but never one that the newest 50 entries need', async () => {
  await at(async place => {
    const where = { config: place.config, local: place.storage }
    const hashes: string[] = []
    for (let n = 0; n < 55; n++) {
      place.write('config/zones/net/example.net.zone', `n IN TXT "${n}"\n`)
      hashes.push(String((await pushConfiguration(where)).networks[0]?.hash))
    }
    const kept = new Set(readdirSync(join(place.storage, 'bucket/config/net')))
    expect(kept.has(String(hashes[0]))).toBe(false)
    for (const hash of hashes.slice(-50)) expect(kept.has(hash)).toBe(true)
    expect((await config(place, 'rollback', String(hashes[10]).slice(0, 12))).status).toBe(0)
  })
}, 120_000)
