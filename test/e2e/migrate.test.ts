import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MigrationReport } from '../../functions/cli/commands/migrate.ts'
import { runCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { writeTree } from '../helpers/original.ts'
import { treeHash } from '../helpers/workplace.ts'

const sample = `# Settings.
testobject:
  host: site.com
  port: 443
  proto: https
  uri: /myobject.edgemanage
  # our copy
  local: /etc/edgemanage/myobject.edgemanage
  verify: True
dns:
  ns_records: [dns2.example.com., dns1.example.com.]
  soa_nameserver: dns0.example.com.
  soa_mailbox: zone.example.com.
  rotate_zones: [www]
run_frequency: 60
healthdata_store: /var/lib/edgemanage/health
edgelist_dir: /etc/edgemanage/edges
statefile: /var/lib/edgemanage/{dnet}.state
zonetemplate_dir: /etc/edgemanage/zones
canary_files: /etc/edgemanage/canaries/{dnet}
workers: 10
goodenough: 0.700 # seconds
edge_count: 2
dnet_edge_count: {mynet: 3}
commands: {run_after_changes: [/usr/sbin/rndc reload], run_after: , run_before: }
`

const good = {
  'edgemanage.yaml': sample,
  'myobject.edgemanage': 'the test object\n',
  'edges/mynet': '# edges\nedge1.example.net\nedge2.example.net\nedge3.example.net\n',
  'edges/.mynet.swp': 'x',
  'canaries/mynet': 'example.org: 192.0.2.9\n',
  'zones/mynet/example.org.zone': 'mail 300 IN A 192.0.2.25\n',
  'zones/mynet/example.net.zone': '',
}

let folder: string
let to: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-'))
  to = join(folder, 'new/config')
})

afterEach(() => rmSync(folder, { recursive: true }))

async function migrate(from: string, ...more: string[]) {
  const ended = await runInside(['migrate', join(folder, from), '--to', to, ...more])
  return {
    ...ended,
    report: more.includes('--json') && ended.status === 0 ? (JSON.parse(ended.stdout) as MigrationReport) : null,
  }
}

const read = (path: string) => readFileSync(join(to, path), 'utf8')

describe('a copy of the original folder', () => {
  test('becomes a folder that validates, with everything in it and all comments', async () => {
    writeTree(join(folder, 'etc'), good)
    const before = treeHash(join(folder, 'etc'))
    const { status, stdout, stderr } = await migrate('etc')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('passes "edgemanage validate"')
    expect(stdout).toContain('healthdata_store: samples are kept in the table')
    expect(stdout).toContain("commands.run_after_changes: '/usr/sbin/rndc reload' is not run")
    expect(read('edgemanage.yaml')).toContain('  # our copy\n  local: objects/myobject.edgemanage\n')
    expect(read('edgemanage.yaml')).toContain('goodenough: 0.700 # seconds\n')
    expect(read('objects/myobject.edgemanage')).toBe('the test object\n')
    expect(read('canaries/mynet')).toBe(good['canaries/mynet'])
    expect(read('zones/mynet/example.org.zone')).toBe(good['zones/mynet/example.org.zone'])
    expect(existsSync(join(to, 'edges/.mynet.swp'))).toBe(false)
    const validated = await runCommand(['validate', '-c', to])
    expect(validated).toMatchObject({ status: 0, stdout: `${to}: 1 network, 0 errors, 0 warnings\n` })
    expect(treeHash(join(folder, 'etc'))).toBe(before)
  })

  test('may have its parts beside it, as they lay in the system it was taken from', async () => {
    const { 'edgemanage.yaml': _yaml, 'myobject.edgemanage': object, 'edges/mynet': edges, ...rest } = good
    const elsewhere = sample
      .replace('/etc/edgemanage/edges', '/srv/lists')
      .replace('/etc/edgemanage/zones', '/srv/dns/includes')
      .replace('/etc/edgemanage/canaries/{dnet}', '/srv/{dnet}.canaries')
      .replace('/etc/edgemanage/myobject', '/srv/myobject')
    writeTree(folder, {
      'copy/etc/edgemanage/edgemanage.yaml': elsewhere,
      'copy/srv/myobject.edgemanage': object,
      'copy/srv/lists/mynet': edges,
      'copy/srv/mynet.canaries': rest['canaries/mynet'],
      'copy/srv/dns/includes/mynet/example.org.zone': '',
    })
    const { report } = await migrate('copy/etc/edgemanage', '--json')
    expect(report).toMatchObject({ networks: ['mynet'], problems: [] })
    expect(report?.files).toEqual([
      'canaries/mynet',
      'edgemanage.yaml',
      'edges/mynet',
      'objects/myobject.edgemanage',
      'zones/mynet/example.org.zone',
    ])
  })

  test('in its own place is read where its paths point', async () => {
    const home = join(folder, 'home')
    writeTree(folder, {
      ...Object.fromEntries(Object.entries(good).map(([path, text]) => [`home/${path}`, text])),
      'home/edgemanage.yaml': sample
        .replaceAll('/etc/edgemanage', home)
        .replace(`${home}/zones`, join(folder, 'away/zones')),
      'away/zones/mynet/example.com.zone': '',
    })
    const { report } = await migrate('home', '--json')
    expect(report?.files.filter(file => file.startsWith('zones/'))).toEqual(['zones/mynet/example.com.zone'])
  })
})

test('what cannot be carried over is listed, and what is left to fix', async () => {
  writeTree(join(folder, 'etc'), {
    ...good,
    'edges/My.Net': 'edge4.example.net\n  # aside\nedge4.example.net # twice\nedge..\n',
    'edges/folder/x': '',
    'zones/My.Net/example.com.zone': '@ 300 IN SOA a. b. 1 2 3 4 5\n@ 300 IN A 192.0.2.1\n',
    'zones/My.Net/README': '',
    'zones/gone/example.info.zone': '',
  })
  rmSync(join(folder, 'etc/myobject.edgemanage'))
  const { status, stdout } = await migrate('etc')
  expect(status).toBe(0)
  for (const words of [
    'network My.Net is called my-net here',
    "edges/my-net:2: '# aside' was an edge to the original",
    "edges/my-net:3: 'edge4.example.net # twice' was an edge",
    'edges/folder: a folder among the edge lists was left out',
    'zones/My.Net/README: is not a .zone file',
    'zones/gone: there is no edge list of that name',
    'the test object /etc/edgemanage/myobject.edgemanage was not found',
    'zones/my-net/example.com.zone:1:1: error: ',
    'zones/my-net/example.com.zone:2:1: error: ',
    'edges/my-net:4:1: error: ',
    'Fix the errors above',
  ]) {
    expect(stdout).toContain(words)
  }
})

describe('what the original read otherwise', () => {
  const migrated = async (changes: Record<string, string>) => {
    writeTree(join(folder, 'etc'), { ...good, ...changes })
    const { status, report } = await migrate('etc', '--json')
    expect(status).toBe(0)
    return { report, notes: (report?.notes ?? []).join('\n') }
  }

  test.each([
    ['is a comment', '# canary_files: /etc/edgemanage/canaries/{dnet}'],
    ['is empty', 'canary_files:'],
    ['is missing', ''],
  ])('canaries where canary_files %s: none', async (_words, line) => {
    const text = sample.replace('canary_files: /etc/edgemanage/canaries/{dnet}', line)
    const { report, notes } = await migrated({ 'edgemanage.yaml': text })
    expect(report?.files.filter(file => file.startsWith('canaries/'))).toEqual([])
    expect(notes).toContain('the original used no canaries')
  })

  test('edges of extra_edgelist_dir are edges, each once', async () => {
    const { report, notes } = await migrated({
      'edgemanage.yaml': `${sample}extra_edgelist_dir: /etc/edgemanage/extra_edges\ntesting: true\n`,
      'extra_edges/mynet': '# more\nedge3.example.net\n edge4.example.net \n\nedge4.example.net\nEDGE5.example.net',
      'extra_edges/other': 'edge9.example.net\n',
    })
    expect(read('edges/mynet')).toBe(
      `${good['edges/mynet']}# From extra_edgelist_dir:\nedge4.example.net\nEDGE5.example.net\n`,
    )
    expect(notes).toContain('edges/mynet: 2 of extra_edgelist_dir added: edge4.example.net, EDGE5.example.net')
    expect(notes).toContain('extra_edges/other: there is no edge list of that name')
    expect(read('edgemanage.yaml')).not.toMatch(/extra_edgelist_dir|testing/)
    expect(report).toMatchObject({ problems: [], measured: [] })
  })

  test('records that took the TTL of the one before', async () => {
    const { notes } = await migrated({
      'zones/mynet/example.org.zone':
        'a 60 IN A 192.0.2.1\nb IN A 192.0.2.2\n   IN TXT x\nc 300 IN A 192.0.2.3\nd IN A 192.0.2.4\n',
    })
    expect(notes).toContain('zones/mynet/example.org.zone: lines 2, 3: without a TTL of its own')
    expect(notes).toContain('(60); here it has 300')
    expect(read('zones/mynet/example.org.zone')).toContain('b IN A')
  })

  test('fetch times and redirects', async () => {
    const { notes } = await migrated({})
    expect(notes).toMatch(/^goodenough: 0\.7 may need another value: .* last byte .* redirect is a failure/m)
    expect(notes).toContain('--measure')
  })

  test('one bad canary or one file that cannot be read keeps nothing else from being carried over', async () => {
    writeTree(join(folder, 'etc'), {})
    mkdirSync(join(folder, 'etc/zones/mynet'), { recursive: true })
    symlinkSync('/nowhere/at/all', join(folder, 'etc/zones/mynet/example.com.zone'))
    mkdirSync(join(folder, 'etc/edges'), { recursive: true })
    execFileSync('mkfifo', [join(folder, 'etc/edges/pipe')])
    const { report, notes } = await migrated({ 'canaries/mynet': 'example.org: nonsense\nexample.net: 192.0.2.9\n' })
    expect(report?.networks).toEqual(['mynet'])
    expect(report?.files).toContain('zones/mynet/example.org.zone')
    expect(notes).toContain('edges/pipe cannot be read and was left out: is not a file')
    expect(notes).toContain('example.com.zone cannot be read and was left out: ENOENT')
    expect(report?.problems.map(({ file }) => file)).toContain('canaries/mynet')
  })
})

test('--measure fetches each edge three times both ways and prints two columns', measuresTime, async () => {
  const [first, second, third] = ['127.0.14.11', '127.0.14.12', '127.0.14.13'] as const
  const asked: string[] = []
  const body = 'the test object\n'
  const servers: Server[] = []
  let port = 0
  for (const address of [first, second]) {
    const server = createServer((request, response) => {
      asked.push(`${address} ${request.headers.host?.split(':')[0]} ${request.url}`)
      if (address === second && request.url === '/object') response.writeHead(302, { location: '/moved' }).end()
      else {
        response.writeHead(200).write(body.slice(0, 4))
        setTimeout(() => response.end(body.slice(4)), 300)
      }
    })
    await new Promise<void>(resolve => server.listen(port, address, resolve))
    port = (server.address() as AddressInfo).port
    servers.push(server)
  }
  try {
    writeTree(join(folder, 'etc'), {
      ...good,
      'edgemanage.yaml': sample
        .replace('port: 443', `port: ${port}`)
        .replace('proto: https', 'proto: http')
        .replace('/myobject.edgemanage\n  # our', '/object\n  # our')
        .replace('goodenough: 0.700', 'goodenough: 0.2'),
      'edges/mynet': `${first}\n${second}\n${third}\n`,
    })
    const json = await migrate('etc', '--measure', '--json')
    const [slow, redirected, dead] = json.report?.measured ?? []
    expect(slow).toMatchObject({ network: 'mynet', edge: first, goodenough: 0.2 })
    expect(slow?.original).toHaveLength(3)
    for (const seconds of slow?.original ?? []) expect(seconds).toBeLessThan(0.25)
    for (const seconds of slow?.here ?? []) expect(seconds).toBeGreaterThanOrEqual(0.29)
    expect(redirected?.original).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)])
    expect(redirected?.here).toEqual(Array(3).fill('status 302'))
    expect([dead?.original, dead?.here].flat().every(one => typeof one === 'string')).toBe(true)
    // Nobody asked an edge for another host than the object's.
    expect(new Set(asked)).toEqual(
      new Set([`${first} site.com /object`, `${second} site.com /object`, `${second} site.com /moved`]),
    )
    rmSync(to, { recursive: true })
    const { stdout } = await migrate('etc', '--measure')
    expect(stdout).toMatch(/NETWORK +EDGE +ORIGINAL +HERE/)
    expect(stdout).toMatch(/mynet +127\.0\.14\.11 +0\.\d{3} 0\.\d{3} 0\.\d{3} +0\.\d{3}/)
    expect(stdout).toMatch(/mynet +127\.0\.14\.12 .* +status 302/)
    expect(stdout).toContain('Below goodenough in every fetch: 2 of 3 edges as the original measured, 0 as')
  } finally {
    for (const server of servers) server.close()
  }
})

test('without edge lists or includes there is no network, and that is said', async () => {
  writeTree(join(folder, 'etc'), {
    'edgemanage.yaml': 'testobject: {local: o}\nedgelist_dir: /nowhere/lists\n',
    o: 'x',
  })
  const { report } = await migrate('etc', '--json')
  expect(report?.networks).toEqual([])
  rmSync(to, { recursive: true })
  expect((await migrate('etc')).stdout).toContain('There is no network in it yet')
  expect(report?.notes).toEqual([
    expect.stringContaining('goodenough may need another value'),
    expect.stringContaining('no edge lists were found: there is no /nowhere/lists'),
    expect.stringContaining('no zone includes were found: there is no zones'),
  ])
})

describe('nothing is touched', () => {
  test('where the target holds something', async () => {
    writeTree(folder, { 'new/config/mine': 'precious' })
    writeTree(join(folder, 'etc'), good)
    const before = treeHash(folder)
    const { status, stderr, stdout } = await migrate('etc')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('is not empty')
    expect(treeHash(folder)).toBe(before)
  })

  test('where the target is a file', async () => {
    writeTree(folder, { 'new/config': 'precious' })
    writeTree(join(folder, 'etc'), good)
    expect(await migrate('etc')).toMatchObject({ status: 2, stdout: '' })
    expect(readFileSync(to, 'utf8')).toBe('precious')
  })

  test.each([
    ['are missing', {}, /edgemanage\.yaml cannot be read: /],
    ['are no YAML', { 'edgemanage.yaml': 'a: [\n' }, /^edgemanage\.yaml:\d+:\d+: error: /],
    ['are no map', { 'edgemanage.yaml': '- a\n' }, /^edgemanage\.yaml:1:1: error: expected a map/],
  ])('where the settings %s', async (_words, files, message) => {
    writeTree(join(folder, 'etc'), { ...files, x: '' })
    const { status, stderr } = await migrate('etc')
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(existsSync(to)).toBe(false)
  })

  test('an empty target is taken', async () => {
    mkdirSync(to, { recursive: true })
    writeTree(join(folder, 'etc'), good)
    expect((await migrate('etc')).status).toBe(0)
  })
})

test('migrate --help', async () => {
  const { stdout } = await runInside(['migrate', '--help'])
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: edgemanage migrate [options] <dir>

    convert the configuration of the original edgemanage

    Arguments:
      dir            the original's folder, which holds its edgemanage.yaml

    Options:
      --to <dir>     the configuration folder to make; it must be new or empty
      --measure      fetch each edge three times as the original did, and as it is
                     done here
      -v, --verbose  show where an error came from
      --json         print what was done as one line of JSON
      -h, --help     display help for command

    Examples:
      $ edgemanage migrate /etc/edgemanage --to mysite --measure
    "
  `)
})
