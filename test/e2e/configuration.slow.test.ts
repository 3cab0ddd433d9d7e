import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPrintable } from '../../functions/core/domain/printable.ts'
import { edgesForAll, inWorkplace } from '../helpers/at-work.ts'
import { startCommand } from '../helpers/command.ts'
import { type ConfigurationFolder, configurationFolder } from '../helpers/configuration.ts'
import { runInside } from '../helpers/in-process.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import type { Workplace } from '../helpers/workplace.ts'

// What is wrong with a configuration, as operators meet it: real folders, edges on loopback.

const addresses = ['127.0.17.1', '127.0.17.2', '127.0.17.3']
const canary = '127.0.17.101'
const edges = edgesForAll([...addresses, canary])
const at = <T>(work: (place: Workplace) => Promise<T>) => inWorkplace(edges, addresses, work)

const cycle = (place: Workplace, ...more: string[]) =>
  runInside(['manage', '--force', '-c', place.config, '--local', place.storage, ...more])

const rowsOf = (text: string) => text.split('\n').filter(row => row !== '')

describe('a fault in one file', () => {
  const strays = {
    'config/edges/net.bak': 'x\n',
    'config/edges/README.md': '# how to\n',
    'config/edges/Net': '127.0.17.3\n',
  }

  test('files in edges/ that are no networks are warnings, and the only network needs no -A', async () => {
    await at(async place => {
      for (const [path, text] of Object.entries(strays)) place.write(path, text)
      const validated = await runInside(['validate', '-c', place.config])
      expect(validated.status).toBe(0)
      expect(rowsOf(validated.stdout).filter(row => row.includes(': warning: '))).toHaveLength(3)
      const { status, stdout } = await cycle(place, '--json')
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ network: 'net', status: 'ok', warnings: [] })
    })
  })

  test('a faulty canary line leaves out that canary; the other is in its zone', async () => {
    await at(async place => {
      place.write('config/canaries/net', `example.org: nowhere\nnonsense\nexample.net: ${canary}\n`)
      const { status, stdout, stderr } = await cycle(place, '--json')
      const report = JSON.parse(stdout)
      expect({ status, is: report.status }).toEqual({ status: 0, is: 'ok' })
      expect(report.canaries).toMatchObject([{ zone: 'example.net', address: canary, used: true }])
      expect(place.published('zones/net/example.net.zone')).toContain(canary)
      expect(place.published('zones/net/example.org.zone')).not.toContain(canary)
      expect(report.warnings.join('\n')).toMatch(/canaries\/net:2:1: error: /)
      expect(stderr).toMatch(/canaries\/net:2:1: error: /)
      expect((await runInside(['validate', '-c', place.config])).status).toBe(2)
    })
  })

  const faults: [what: string, path: string, text: string][] = [
    ['an edge list', 'config/edges/two', 'two words\n'],
    ['its own settings', 'config/edgemanage.yaml', ''],
    ['an empty edge list', 'config/edges/two', '# none\n'],
    ['an edge list that is no text', 'config/edges/two', '\u0000\ud800'],
  ]
  test.each(faults)('in %s of one network leaves the others their answers', async (what, path, text) => {
    await at(async place => {
      place.write('config/edges/two', '127.0.17.2\n')
      place.write('config/zones/two/two.example.zone', '')
      await cycle(place, '-A', 'net')
      if (what === 'its own settings') place.settings({ networks: { two: { edge_cuont: 3 } } })
      else place.write(path, text)
      const where = ['-c', place.config, '--local', place.storage]
      const answers = {
        query: await runInside(['query', ...where]),
        status: await runInside(['status', '--json', ...where]),
        metrics: await runInside(['metrics', ...where]),
      }
      for (const { status, stderr } of Object.values(answers)) {
        expect(status).toBe(0)
        expect(stderr).toMatch(/^edgemanage: two is left out: \S+:\d+:\d+: error: /m)
      }
      expect(answers.query.stdout).toMatch(/^net\t2\t3\t2\t\d+\n$/)
      expect(JSON.parse(answers.status.stdout)).toMatchObject({ name: 'net' })
      expect(answers.metrics.stdout).toContain('network="net"')
      expect((await runInside(['query', '-A', 'net', ...where])).status).toBe(0)
      expect((await runInside(['query', '-A', 'two', ...where])).status).toBe(2)
    })
  })

  test('where no network is left, commands say so with every error', async () => {
    await at(async place => {
      place.write('config/edges/net', 'two words\n')
      place.write('config/edges/two', 'three words more\n')
      place.write('storage/state', '')
      for (const command of ['query', 'status', 'metrics']) {
        const { status, stderr } = await runInside([command, '-c', place.config, '--local', place.storage])
        expect(status).toBe(2)
        expect(rowsOf(stderr).filter(row => row.includes(': error: '))).toHaveLength(2)
      }
    })
  })
})

describe('a folder without a network', () => {
  test('is most likely a wrong path: validate says so, and so does every other command', async () => {
    await at(async place => {
      rmSync(join(place.config, 'edges'), { recursive: true })
      const { status, stdout } = await runInside(['validate', '-c', place.config])
      expect(status).toBe(2)
      expect(rowsOf(stdout)).toContain('edges:1:1: error: there is no network: put an edge list into this folder')
      place.write('storage/state', '')
      for (const command of ['manage', 'query', 'status', 'metrics', 'log', 'config push', 'cost']) {
        const words = [...command.split(' '), '-c', place.config, '--local', place.storage]
        expect([command, (await runInside(words)).status]).toEqual([command, 2])
      }
    })
  })

  test('and where the folder itself is not there, its settings are missing', async () => {
    const { status, stdout } = await runInside(['validate', '-c', '/nowhere/at/all'])
    expect(status).toBe(2)
    expect(stdout).toContain('edgemanage.yaml:1:1: error: is missing')
  })
})

test('of many networks without a cycle metrics names a few', async () => {
  await at(async place => {
    const names = Array.from({ length: 30 }, (_, at) => `n${String(at).padStart(2, '0')}`)
    for (const name of names) place.write(`config/edges/${name}`, `${addresses[0]}\n`)
    await cycle(place, '-A', 'net')
    const { status, stderr } = await runInside(['metrics', '-c', place.config, '--local', place.storage])
    expect(status).toBe(0)
    expect(rowsOf(stderr)).toEqual([expect.stringMatching(/no cycle has been recorded yet for n00, .* and 10 more$/)])
    const { stderr: refused } = await runInside(['query', '-s', 'in', '-c', place.config, '--local', place.storage])
    expect(refused).toMatch(/say which with -A: n00, .* and \d+ more$/m)
  })
})

describe('the names of networks are text', () => {
  test.each(['007', '1e3', 'null', '0x1f', 'true', '5', 'no'])('%s', async name => {
    const folder = configurationFolder([name], { route53: undefined })
    try {
      const yaml = `dnet_edge_count: {${name}: 1}\nnetworks: {${name}: {goodenough: 99}}\n`
      execFileSync('sh', ['-c', 'cat >> "$0"', join(folder.path, 'edgemanage.yaml')], { input: yaml })
      const { status, stdout } = await runInside(['validate', '-c', folder.path])
      expect(status).toBe(0)
      // It is above the timeout: so it was taken.
      expect(stdout).toMatch(/goodenough \(99 s\) is not below timeout/)
      expect(stdout).not.toMatch(/there is no edges/)
    } finally {
      folder.remove()
    }
  })
})

describe('what cannot be read as a file', () => {
  let folder: ConfigurationFolder
  let elsewhere: string
  beforeAll(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'edgemanage-elsewhere-'))
  })
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

  const paths = ['edgemanage.yaml', 'edges/net', 'canaries/net', 'zones/net/net.example.zone', 'objects/object']
  test.each(paths)('a pipe in the place of %s blocks nothing', async path => {
    folder = configurationFolder(['net'])
    folder.write('canaries/net', '')
    rmSync(join(folder.path, path))
    execFileSync('mkfifo', [join(folder.path, path)])
    const { status, stdout } = await runInside(['validate', '-c', folder.path])
    folder.remove()
    expect(status).toBe(2)
    expect(stdout).toContain('it is a named pipe, not a file')
  })

  test('a link to a file outside is a warning on the command line', async () => {
    folder = configurationFolder(['net'])
    writeFileSync(join(elsewhere, 'secret'), 'a secret\n')
    rmSync(join(folder.path, 'objects/object'))
    symlinkSync(join(elsewhere, 'secret'), join(folder.path, 'objects/object'))
    const { status, stdout } = await runInside(['validate', '-c', folder.path])
    folder.remove()
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /edgemanage\.yaml:\d+:\d+: warning: testobject\.local: objects\/object is a symbolic link to /,
    )
  })
})

describe('control characters', () => {
  const hostile = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\r'

  test('in files and arguments reach no output of any command', async () => {
    await at(async place => {
      await cycle(place)
      place.write(`config/edges/bad${hostile}`, 'x\n')
      place.write(`config/canaries/${hostile}`, 'x\n')
      place.write(
        'config/canaries/net',
        `"exa${hostile}mple": "${hostile}"\n`
          .replaceAll('\r', '\\r')
          .replaceAll('\u001b', '\\e')
          .replaceAll('\u0007', '\\a'),
      )
      place.write('config/zones/net/example.org.zone', `mail TXT "${hostile}"\n`)
      place.write(`config/zones/net/${hostile}.zone`, '')
      const where = ['-c', place.config, '--local', place.storage]
      const texts: string[] = []
      const run = async (...args: string[]) => {
        const { stdout, stderr } = await runInside([...args, ...where])
        texts.push(...rowsOf(stdout), ...rowsOf(stderr))
      }
      await run('validate')
      await run('validate', '--json')
      await run('manage', '--force')
      await run('manage', '--force', '--json')
      await run('manage', '--force', '--dry-run', '-v')
      for (const command of ['query', 'status', 'metrics', 'zones', 'rotations', 'cost']) await run(command)
      for (const command of ['why', 'history', 'conf']) await run(command, hostile)
      await run('conf', addresses[0] as string, '-m', 'force', '-C', hostile)
      await run('freeze', '-C', hostile)
      await run('check', 'integrity', '-A', hostile)
      await run('query', '-A', hostile)
      await run('query', `--${hostile}`)
      place.write('config/edges/net', `${hostile} ${hostile}\n`)
      for (const command of ['validate', 'manage', 'query', 'status', 'metrics']) await run(command)
      await run('check', 'integrity')
      place.write('config/edgemanage.yaml', `"${hostile.replaceAll('\r', '')}": 1\n`)
      for (const command of ['validate', 'manage', 'query']) await run(command)
      expect(texts.length).toBeGreaterThan(30)
      expect(texts.filter(text => !isPrintable(text.replaceAll('\t', ' ')))).toEqual([])
    })
  })
})

describe('what is told has a bound', () => {
  test('2,000 zones with warnings: every cycle says it in little, and the next ones in a line', async () => {
    await at(async place => {
      for (let n = 0; n < 2_000; n++) place.write(`config/zones/net/notes${n}.txt`, '')
      const args = ['manage', '--force', '--json', '--every', '1', '-c', place.config, '--local', place.storage]
      const running = startCommand(args)
      while (rowsOf(running.stdout()).length < 3) await new Promise(resolve => setTimeout(resolve, 100))
      running.child.kill('SIGTERM')
      const { stdout, stderr } = await running.ended
      const [first, ...others] = rowsOf(stdout).map(row => JSON.parse(row))
      expect(first.warnings).toHaveLength(101)
      expect(first.warnings.at(-1)).toBe('and 1,900 more problems: edgemanage validate lists them all')
      for (const { warnings } of others) {
        expect(warnings).toEqual([
          'the configuration has 2,000 warnings, as in the cycle before: edgemanage validate lists them',
        ])
      }
      expect(rowsOf(stderr).filter(row => row.includes('warning')).length).toBeLessThan(110)
      const validated = await runInside(['validate', '-c', place.config])
      expect(rowsOf(validated.stdout)).toHaveLength(2_001)
    })
  })

  test('an include with 60,000 faults gives a small report, and validate lists them all', async () => {
    await at(async place => {
      place.write('config/zones/net/example.org.zone', 'www A 192.0.2.300\n'.repeat(60_000))
      const { status, stdout, stderr } = await cycle(place, '--json')
      expect(status).toBe(0)
      expect(stdout.length + stderr.length).toBeLessThan(60_000)
      expect(JSON.parse(stdout).zones).toContainEqual(
        expect.objectContaining({ zone: 'example.org', action: 'invalid' }),
      )
      expect(JSON.parse(stdout).warnings.join('\n')).toMatch(
        /and \d+,\d{3} more errors: edgemanage validate lists them/,
      )
    })
  })

  test('300 networks are looked at in a moment', measuresTime, async () => {
    const names = Array.from({ length: 300 }, (_, n) => `net${n}`)
    const folder = configurationFolder(names)
    const local = mkdtempSync(join(tmpdir(), 'edgemanage-many-'))
    await runInside(['manage', '-A', 'net0', '-c', folder.path, '--local', local])
    const started = performance.now()
    const { status, stdout } = await runInside(['query', '-c', folder.path, '--local', local])
    expect({ status, networks: rowsOf(stdout).length }).toEqual({ status: 0, networks: 300 })
    expect(performance.now() - started).toBeLessThan(40_000)
    folder.remove()
    rmSync(local, { recursive: true, force: true })
  })
})
