import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashText } from '../../functions/core/zone/hash.ts'
import { serialOf } from '../../functions/core/zone/published.ts'
import { commandFile, runCommand, startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Bind, bindBeside, bindPrograms } from '../helpers/name-servers.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const programs = bindPrograms()
const addresses = ['127.0.43.1', '127.0.43.2', '127.0.43.3']
const catalog = 'catalog.example'
let edges: Edges
let place: Workplace
let bind: Bind
let served = ''

/** One test goes on where the one before ended, as an operator's days do. */
describe.skipIf(programs === null)('a name server that follows (behaviour §12)', { retry: 0 }, () => {
  beforeAll(async () => {
    edges = await startEdges(addresses)
    place = workplaceFor(edges, addresses)
    served = join(place.folder, 'served')
    place.write('config/edges/quarantine', `${addresses[2]}\n`)
    if (programs !== null) bind = await bindBeside(join(place.folder, 'bind'), served, programs, catalog)
  })

  afterAll(async () => {
    await bind?.stop()
    place.remove()
    await edges.close()
  })

  const followBy =
    (run: typeof runCommand) =>
    async (...flags: string[]) => {
      const all = ['--to', served, '-c', place.config, '--local', place.storage, '--catalog', catalog, '--json']
      const { status, stdout, stderr } = await run(['follow', ...all, '--reload', bind.reload, ...flags])
      const report = stdout === '' ? null : JSON.parse(stdout)
      expect(status, stderr).toBe(report?.status === 'ok' ? 0 : 1)
      return report
    }
  const follow = followBy(runInside)
  const followAsProcess = followBy(runCommand)

  const cycle = async (...networks: string[]) => {
    for (const network of networks) {
      const where = ['-A', network, '-c', place.config, '--local', place.storage]
      await runInside(['manage', '--force', ...where])
    }
  }

  /** A live edge fails, and those that failed before are well: the live set changes. */
  const rotate = async () => {
    const live = (place.published('live/net.live') ?? '').split('\n').filter(Boolean)
    for (const address of addresses) edges.behave(address, {})
    edges.behave(String(live.find(address => address !== addresses[2])), { status: 500 })
    await cycle('net')
    expect(place.published('live/net.live')?.split('\n').filter(Boolean)).not.toEqual(live)
  }

  /** Everybody answers for every zone what is published for it, and the whole configuration passes the server's check. */
  const agree = async (...zones: string[]) => {
    expect(await bind.check()).toBe('')
    for (const zone of zones) {
      const networks = ['net', 'quarantine'].filter(network => {
        const text = place.published(`zones/${network}/manifest.json`) ?? '{"zones":[]}'
        return JSON.parse(text).zones.some(
          (one: { zone: string; handedOver?: true }) => one.zone === zone && !one.handedOver,
        )
      })
      const text = place.published(`zones/${networks[0]}/${zone}.zone`) ?? ''
      const published = [...text.matchAll(/^@ .*A (127\S+)$/gm)].map(([, address]) => String(address))
      expect(published).not.toEqual([])
      for (const port of Object.values(bind.ports)) {
        await bind.until(port, zone, 'A', published)
        const [soa = ''] = await bind.ask(port, zone, 'SOA')
        expect(soa.split(' ')[2]).toBe(String(serialOf(text)))
      }
    }
  }

  test('comes up: a server that is not there yet is asked again by the next pass', async () => {
    await cycle('net', 'quarantine')
    const first = await follow()
    expect(first).toMatchObject({ status: 'failed', zones: 2, waiting: { reconfig: true } })
    await bind.start()
    const second = await followAsProcess()
    expect(second).toMatchObject({
      status: 'ok',
      placed: [],
      reconfigured: true,
      waiting: { reconfig: false, zones: [] },
    })
    await agree('example.org', 'example.net')
    expect(await follow()).toMatchObject({ status: 'ok', placed: [], reconfigured: false, reloaded: [] })
  })

  test('a rotation reloads the zones that changed', async () => {
    await rotate()
    const report = await follow()
    expect(report.reloaded.toSorted()).toEqual(['example.net', 'example.org'])
    expect(report).toMatchObject({ status: 'ok', reconfigured: false })
    await agree('example.org', 'example.net')
  })

  test('a new zone comes with the clauses alone, and reaches the secondary by the catalog', async () => {
    place.write('config/zones/net/new.example.zone', 'www 300 IN CNAME @\n')
    await cycle('net')
    const report = await follow()
    expect(report).toMatchObject({ status: 'ok', added: ['new.example'], reconfigured: true, reloaded: [catalog] })
    await agree('new.example')
  })

  test('an include that changed reloads one zone', async () => {
    place.write('config/zones/net/new.example.zone', 'www 300 IN CNAME @\nmore 300 IN TXT "more"\n')
    await cycle('net')
    expect(await follow()).toMatchObject({ status: 'ok', reloaded: ['new.example'], reconfigured: false })
    await bind.until(bind.ports.secondary, 'more.new.example', 'TXT', ['"more"'])
    await agree('new.example')
  })

  test('a zone that moves is never dropped, and is served by its new network', async () => {
    const include = join(place.config, 'zones/net/new.example.zone')
    place.write('config/zones/quarantine/new.example.zone', readFileSync(include, 'utf8'))
    rmSync(include)
    await cycle('net')
    expect(await follow()).toMatchObject({ zones: 3, left: [], missing: [{ zone: 'new.example' }] })
    expect(await bind.ask(bind.ports.primary, 'new.example', 'A')).not.toEqual([])
    await cycle('quarantine', 'quarantine')
    expect(await follow()).toMatchObject({
      status: 'ok',
      missing: [],
      placed: [{ zone: 'new.example', network: 'quarantine' }],
    })
    await bind.until(bind.ports.primary, 'new.example', 'A', [String(addresses[2])])
    await agree('new.example', 'example.org')
  })

  test('a zone that the server would refuse stays as it was, and is named', async () => {
    const key = 'zones/net/example.org.zone'
    const whole = place.published(key) ?? ''
    const manifest = place.published('zones/net/manifest.json') ?? ''
    const broken = `${whole}broken IN MX\n`
    place.write(`storage/bucket/${key}`, broken)
    const mismatch = await follow()
    expect(mismatch).toMatchObject({ status: 'ok' })
    const lied = JSON.parse(manifest)
    for (const row of lied.zones) if (row.zone === 'example.org') row.sha256 = hashText(broken)
    place.write('storage/bucket/zones/net/manifest.json', JSON.stringify(lied))
    const report = await follow()
    expect(report).toMatchObject({ status: 'failed', placed: [], failed: [{ zone: 'example.org', network: 'net' }] })
    expect(report.failed[0].reason).toMatch(/line 10: .*unexpected end of input/)
    // The verdict is known by then.
    expect(await follow()).toMatchObject({ status: 'failed', failed: report.failed })
    expect(await bind.ask(bind.ports.primary, 'example.org', 'A')).not.toEqual([])
    place.write(`storage/bucket/${key}`, whole)
    place.write('storage/bucket/zones/net/manifest.json', manifest)
    expect(await follow()).toMatchObject({ status: 'ok', failed: [] })
    await agree('example.org')
  })

  test('a file that is not the one of the manifest is not taken', async () => {
    const manifest = place.published('zones/net/manifest.json') ?? ''
    const lied = JSON.parse(manifest)
    lied.zones[0].sha256 = 'ab'.repeat(32)
    place.write('storage/bucket/zones/net/manifest.json', JSON.stringify(lied))
    expect((await follow()).failed).toMatchObject([
      { zone: lied.zones[0].zone, reason: expect.stringContaining('SHA-256') },
    ])
    place.write('storage/bucket/zones/net/manifest.json', manifest)
    expect(await follow()).toMatchObject({ status: 'ok' })
  })

  test('a bucket that is away, or a manifest that is damaged, changes nothing', async () => {
    const bucket = join(place.storage, 'bucket')
    renameSync(bucket, `${bucket}-away`)
    const away = await follow('--grace', '0')
    expect(away).toMatchObject({ status: 'failed', zones: 3, left: [], networks: [{ manifest: 'unreadable' }, {}] })
    await agreeAway()
    renameSync(`${bucket}-away`, bucket)
    const manifest = place.published('zones/net/manifest.json') ?? ''
    place.write('storage/bucket/zones/net/manifest.json', manifest.slice(0, 40))
    expect(await follow('--grace', '0')).toMatchObject({ status: 'failed', zones: 3, left: [], missing: [] })
    place.write('storage/bucket/zones/net/manifest.json', manifest)
    expect(await follow()).toMatchObject({ status: 'ok', reloaded: [], reconfigured: false })
  })

  const agreeAway = async () => {
    expect(await bind.check()).toBe('')
    expect(await bind.ask(bind.ports.primary, 'example.org', 'A')).not.toEqual([])
  }

  test('its folder is lost while a rotation goes on: everything is put there again, and served', async () => {
    rmSync(served, { recursive: true })
    await rotate()
    expect(await follow()).toMatchObject({ status: 'ok', zones: 3 })
    await agree('example.org', 'example.net', 'new.example')
  })

  test('its folder is lost and the bucket is away: the server goes on with what it has', async () => {
    const bucket = join(place.storage, 'bucket')
    rmSync(served, { recursive: true })
    renameSync(bucket, `${bucket}-away`)
    expect(await follow()).toMatchObject({ status: 'failed', reconfigured: false })
    expect(await bind.ask(bind.ports.primary, 'example.org', 'A')).not.toEqual([])
    renameSync(`${bucket}-away`, bucket)
    expect(await follow()).toMatchObject({ status: 'ok', zones: 3 })
    await agree('example.org', 'example.net', 'new.example')
  })

  test('a file or the clauses that somebody touched are as the bucket has them after the next pass', async () => {
    writeFileSync(join(served, 'zones/example.org.zone'), 'garbage\n')
    writeFileSync(join(served, 'edgemanage.conf'), 'garbage\n')
    writeFileSync(join(served, '.follow/state.json'), '{"version":1}')
    expect(await follow()).toMatchObject({ status: 'ok' })
    await agree('example.org', 'example.net', 'new.example')
    expect(statSync(join(served, 'zones/example.org.zone')).mode & 0o777).toBe(0o644)
  })

  test('a disk that is full keeps what is there, and is made up for', async () => {
    place.write('config/zones/net/example.org.zone', `${'x 300 IN TXT "0123456789"\n'.repeat(200)}`)
    await cycle('net')
    const before = readFileSync(join(served, 'edgemanage.conf'), 'utf8')
    const flags = ['--to', served, '-c', place.config, '--local', place.storage, '--catalog', catalog, '--json']
    // No file may grow over 1 KB.
    const limited = spawnSync(
      'bash',
      [
        '-c',
        'trap "" XFSZ; ulimit -f 1; exec "$@"',
        'limited',
        process.execPath,
        commandFile,
        'follow',
        ...flags,
        '--reload',
        bind.reload,
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH } },
    )
    expect(limited.status).toBe(1)
    expect(readFileSync(join(served, 'edgemanage.conf'), 'utf8')).toBe(before)
    await agreeAway()
    expect(await follow()).toMatchObject({ status: 'ok' })
    await agree('example.org')
  })

  test('two at once do no harm', async () => {
    place.write('config/zones/net/example.org.zone', 'two 300 IN TXT "at once"\n')
    await cycle('net')
    const reports = await Promise.all([followAsProcess(), followAsProcess(), followAsProcess()])
    expect(reports.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
    expect(reports.flatMap(({ placed }) => placed)).toHaveLength(1)
    await bind.until(bind.ports.primary, 'two.example.org', 'TXT', ['"at once"'])
    await agree('example.org')
  })

  test('a process that is killed at any moment is made up for by the next', async () => {
    const all = [
      '--to',
      served,
      '-c',
      place.config,
      '--local',
      place.storage,
      '--catalog',
      catalog,
      '--reload',
      bind.reload,
    ]
    for (let ms = 150; ms < 600; ms += 90) {
      place.write('config/zones/net/example.org.zone', `kill 300 IN TXT "${ms}"\n`)
      await cycle('net')
      const running = startCommand(['follow', ...all])
      await new Promise(resolve => setTimeout(resolve, ms))
      running.child.kill('SIGKILL')
      await running.ended
      expect(await bind.check()).toBe('')
      expect(await follow()).toMatchObject({ status: 'ok', zones: 3 })
      await bind.until(bind.ports.primary, 'kill.example.org', 'TXT', [`"${ms}"`])
    }
    await agree('example.org')
  })

  test('a zone that left the configuration stays until it is forgotten, and then leaves after the grace', async () => {
    rmSync(join(place.config, 'zones/net/example.net.zone'))
    await cycle('net')
    expect(await follow('--grace', '0')).toMatchObject({ status: 'ok', left: [], zones: 3 })
    await runInside(['zones', 'forget', 'example.net', '-A', 'net', '-c', place.config, '--local', place.storage])
    expect(await follow()).toMatchObject({ status: 'ok', left: [], missing: [{ zone: 'example.net' }] })
    await bind.until(bind.ports.secondary, 'example.net', 'NS', ['ns1.example.com.'])
    expect(await follow('--grace', '0')).toMatchObject({ status: 'ok', left: ['example.net'], zones: 2 })
    for (const port of Object.values(bind.ports)) await bind.until(port, 'example.net', 'A', [])
    expect(existsSync(join(served, 'zones/example.net.zone'))).toBe(false)
    await agree('example.org', 'new.example')
  })

  test('all zones at once leave with --yes alone', async () => {
    const manifests = ['net', 'quarantine'].map(network => `zones/${network}/manifest.json`)
    const texts = manifests.map(key => place.published(key) ?? '')
    for (const [at, key] of manifests.entries())
      place.write(`storage/bucket/${key}`, JSON.stringify({ ...JSON.parse(String(texts[at])), zones: [] }))
    const kept = await follow('--grace', '0')
    expect(kept).toMatchObject({ status: 'failed', kept: ['example.org', 'new.example'], left: [], zones: 2 })
    expect(await bind.ask(bind.ports.primary, 'example.org', 'A')).not.toEqual([])
    expect(await follow('--grace', '0', '--yes')).toMatchObject({ status: 'ok', zones: 0 })
    await bind.until(bind.ports.primary, 'example.org', 'A', [])
    for (const [at, key] of manifests.entries()) place.write(`storage/bucket/${key}`, String(texts[at]))
    expect(await follow()).toMatchObject({ status: 'ok', zones: 2 })
    await agree('example.org', 'new.example')
  })

  test('options are in every clause; what named-checkconf refuses leaves those there were', async () => {
    place.settings({ dns: { ...base, zone_options: 'allow-transfer { key transfer; localhost; }; notify yes;' } })
    await cycle('net', 'quarantine')
    // The key is the name server's own affair, and it has none.
    const refused = await follow('--reload', 'true')
    expect(refused).toMatchObject({ status: 'ok', zones: 2 })
    expect(readFileSync(join(served, 'edgemanage.conf'), 'utf8').match(/allow-transfer \{ key transfer/g)).toHaveLength(
      3,
    )
    place.settings({ dns: { ...base, zone_options: 'allow-transfer { localhost; };' } })
    await cycle('net', 'quarantine')
    expect(await follow()).toMatchObject({ status: 'ok', reconfigured: true })
    expect(place.published('zones/net/named.conf')).toContain('allow-transfer { localhost; };')
    await agree('example.org', 'new.example')
    const lied = JSON.parse(place.published('zones/net/manifest.json') ?? '')
    place.write(
      'storage/bucket/zones/net/manifest.json',
      JSON.stringify({ ...lied, zoneOptions: 'max-journal-size many;' }),
    )
    const report = await follow()
    expect(report.warnings.join()).toContain('dns.zone_options of net are left as they were')
    expect((await follow()).status).toBe('failed')
    await agree('example.org')
  })

  const base = {
    ns_records: ['ns1.example.com.'],
    soa_nameserver: 'ns1.example.com.',
    soa_mailbox: 'zone.example.com.',
  }
})

describe('wrong usage of follow', () => {
  test.each([
    [['--to', '/tmp/x', '-A', 'UPPER'], "'UPPER' cannot be the name of a network"],
    [['--to', '/tmp/x', '-A', 'net', '--catalog', 'a b'], '--catalog'],
    [['--to', ''], '--to must not be empty'],
    [['--to', '/tmp/x"y'], 'cannot hold such a path'],
    [['--to', '/tmp/x', '--reload', ' '], '--reload must not be empty'],
    [['-A', 'net'], '--to'],
  ])('%j', async (flags, message) => {
    const { status, stderr } = await runInside(['follow', ...flags], { BUCKET_NAME: 'bucket' })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) })
  })

  test('without a place', async () => {
    const { status, stderr } = await runInside(['follow', '--to', '/tmp/x', '-A', 'net'])
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('BUCKET_NAME not set') })
  })
})
