import { createSocket } from 'node:dgram'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createLookUp, type LookUp } from '../../functions/adapters/probe/dns/names.ts'
import { startResolving } from '../../functions/adapters/probe/http/resolve.ts'
import { type DnsReply, type DnsStandin, dnsStandin, type Question } from '../helpers/dns-standin.ts'
import { measuresTime } from '../helpers/measures-time.ts'

const folder = mkdtempSync(join(tmpdir(), 'edgemanage-names-'))
const hostsFile = join(folder, 'hosts')
const resolvConf = join(folder, 'resolv.conf')
const standins: DnsStandin[] = []

afterEach(async () => {
  await Promise.all(standins.splice(0).map(one => one.close()))
  rmSync(hostsFile, { force: true })
  rmSync(resolvConf, { force: true })
})

async function nameServer(reply: (question: Question) => DnsReply): Promise<DnsStandin> {
  const standin = await dnsStandin(reply)
  standins.push(standin)
  return standin
}

function lookUpAt(...servers: readonly string[]): LookUp {
  return createLookUp({ hostsFile, resolvConf, servers })
}

/** The address, or the outcome; `pending` where there is none after so long. Nothing of it goes on. */
async function resolve(lookUp: LookUp, name: string, preferred: string | null = null, withinMs = 3000) {
  const endsAt = performance.now() + withinMs
  const resolving = startResolving(name, preferred, () => Math.max(0, endsAt - performance.now()), lookUp)
  const late = new Promise<'pending'>(done => setTimeout(done, withinMs, 'pending'))
  const found = await Promise.race([resolving.result, late])
  resolving.cancel()
  if (found === 'pending') return found
  return 'address' in found ? found.address : found
}

const byType = (replies: { A: DnsReply; AAAA: DnsReply }) => (question: Question) =>
  question.type === 'AAAA' ? replies.AAAA : replies.A

describe('a name with a dot is looked up as it stands', () => {
  test.each(['edge1.example.org', 'edge1.example.org.', 'EDGE1.Example.org', 'a.b'])('%s', async name => {
    writeFileSync(resolvConf, 'search corp.test\noptions ndots:5\n')
    const { server, questions } = await nameServer(({ name: asked }) =>
      asked.endsWith('corp.test') ? { addresses: ['127.0.0.77'] } : { addresses: ['127.0.0.1'] },
    )
    expect(await resolve(lookUpAt(server), name)).toBe('127.0.0.1')
    expect(new Set(questions.map(question => question.name))).toEqual(new Set([name.toLowerCase().replace(/\.$/, '')]))
  })

  test('also where it does not exist', async () => {
    writeFileSync(resolvConf, 'search corp.test\n')
    const { server } = await nameServer(({ name }) =>
      name.endsWith('corp.test') ? { addresses: ['127.0.0.77'] } : { error: 'nxdomain' },
    )
    const lookUp = lookUpAt(server)
    expect(await resolve(lookUp, 'edge1.example.org')).toMatchObject({ outcome: 'dns_error' })
    expect(await resolve(lookUp, 'edge1.')).toMatchObject({ outcome: 'dns_error' })
    expect(await resolve(lookUp, 'edge1')).toBe('127.0.0.77')
  })
})

test('a single label without an answer in any search domain is looked up as it stands', async () => {
  writeFileSync(resolvConf, 'search one.test two.test.\n')
  const { server, questions } = await nameServer(({ name }) =>
    name === 'edge1' ? { addresses: ['127.0.0.3'] } : { error: 'nxdomain' },
  )
  expect(await resolve(lookUpAt(server), 'edge1')).toBe('127.0.0.3')
  expect([...new Set(questions.map(({ name }) => name))]).toEqual(['edge1.one.test', 'edge1.two.test', 'edge1'])
})

describe('the hosts file comes first', () => {
  test.each([
    ['edge.example', '127.0.0.5'],
    ['alias.example.', '127.0.0.5'],
    ['six.example', '2001:db8::5'],
    ['other.example', '127.0.0.1'],
  ])('%s is %s', async (name, address) => {
    writeFileSync(hostsFile, '# hosts\n127.0.0.5\tEdge.example  alias.example # both\n2001:DB8:0::5 six.example\n')
    const { server } = await nameServer(() => ({ addresses: ['127.0.0.1'] }))
    expect(await resolve(lookUpAt(server), name)).toBe(address)
  })

  test('as it is now, not as it was', async () => {
    const { server } = await nameServer(() => ({ addresses: ['127.0.0.1'] }))
    const lookUp = lookUpAt(server)
    expect(await resolve(lookUp, 'edge.example')).toBe('127.0.0.1')
    writeFileSync(hostsFile, '127.0.0.5 edge.example\n')
    expect(await resolve(lookUp, 'edge.example')).toBe('127.0.0.5')
    writeFileSync(hostsFile, '127.0.0.66 edge.example\n')
    expect(await resolve(lookUp, 'edge.example')).toBe('127.0.0.66')
  })

  test('localhost needs neither', async () => {
    const { server, questions } = await nameServer(() => ({ error: 'nxdomain' }))
    const lookUp = lookUpAt(server)
    for (const name of ['localhost', 'localhost.', 'LOCALHOST', 'x.localhost']) {
      expect(await resolve(lookUp, name)).toBe('127.0.0.1')
    }
    expect(questions).toEqual([])
  })
})

const nobody = ['0.0.0.0', '0.1.2.3', '224.0.0.5', '239.255.255.255', '255.255.255.255', '169.254.1.1', '::']
const nobodySix = ['ff02::1', 'ff0e::1', 'fe80::1', 'febf::1', '::ffff:192.0.2.1', '::ffff:7f58:1', '::192.0.2.1']

describe.each([...nobody, ...nobodySix])('%s is not a valid address', address => {
  test('from a name server', async () => {
    const { server } = await nameServer(() => ({ addresses: [address] }))
    expect(await resolve(lookUpAt(server), 'edge.example')).toMatchObject({ outcome: 'dns_error' })
  })

  test('from the hosts file', async () => {
    writeFileSync(hostsFile, `${address} edge.example\n`)
    const { server } = await nameServer(() => ({ addresses: ['127.0.0.1'] }))
    expect(await resolve(lookUpAt(server), 'edge.example')).toMatchObject({ outcome: 'dns_error' })
  })

  test('beside a good one, even where it was published last', async () => {
    const { server } = await nameServer(() => ({ addresses: [address, '198.51.100.7'] }))
    expect(await resolve(lookUpAt(server), 'edge.example', address)).toBe('198.51.100.7')
  })
})

test('an address with a zone index in the hosts file is left out', async () => {
  writeFileSync(hostsFile, 'fe80::1%lo0 edge.example\n2001:db8::1%eth0 edge.example\n')
  expect(await resolve(lookUpAt(), 'edge.example')).toMatchObject({ outcome: 'dns_error' })
})

describe('of two families', () => {
  const both = { A: { addresses: ['127.0.0.9', '127.0.0.10'] }, AAAA: { addresses: ['::2', '::1'] } }
  const silentA = { A: 'silence', AAAA: both.AAAA } as const
  const silentAAAA = { A: both.A, AAAA: 'silence' } as const
  const lame = { A: both.A, AAAA: { error: 'servfail' } } as const
  test.each<[string, { A: DnsReply; AAAA: DnsReply }, string | null, unknown]>([
    ['the lowest, IPv4 first', both, null, '127.0.0.9'],
    ['the published one, IPv4', both, '127.0.0.10', '127.0.0.10'],
    ['the published one, IPv6', both, '::2', '::2'],
    ['the lowest where that is gone', both, '::9', '127.0.0.9'],
    ['IPv4 while IPv6 is silent', silentAAAA, null, '127.0.0.9'],
    ['IPv4 while IPv6 is silent, though IPv6 was published', silentAAAA, '::1', '127.0.0.9'],
    ['IPv6 while IPv4 is silent', silentA, null, '::1'],
    ['the published IPv6 at once while IPv4 is silent', silentA, '::2', '::2'],
    ['IPv4 where IPv6 fails', lame, null, '127.0.0.9'],
    ['IPv4 where IPv6 fails, though IPv6 was published', lame, '::1', '127.0.0.9'],
    ['IPv6 where there is no IPv4', { A: { error: 'nxdomain' }, AAAA: both.AAAA }, null, '::1'],
    ['a late IPv6 that was published', { ...both, AAAA: { addresses: ['::1'], afterMs: 300 } }, '::1', '::1'],
    ['a late IPv4 before IPv6', { ...both, A: { addresses: ['127.0.0.9'], afterMs: 300 } }, null, '127.0.0.9'],
    ['none', { A: { addresses: [] }, AAAA: { addresses: [] } }, null, { outcome: 'dns_error' }],
    ['no answer while one is empty', { A: { addresses: [] }, AAAA: 'silence' }, null, 'pending'],
    ['no answer', { A: 'silence', AAAA: 'silence' }, null, 'pending'],
  ])('%s', async (_name, replies, preferred, expected) => {
    const { server } = await nameServer(byType(replies))
    const found = await resolve(lookUpAt(server), 'edge.example', preferred, 1500)
    if (typeof expected === 'object') expect(found).toMatchObject(expected as object)
    else expect(found).toBe(expected)
  })

  test('nothing is waited for that could change nothing', measuresTime, async () => {
    const { server } = await nameServer(byType(silentAAAA))
    const started = performance.now()
    await resolve(lookUpAt(server), 'edge.example', '127.0.0.10', 5000)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('name servers', () => {
  test.each<[string, DnsReply]>([
    ['silent', 'silence'],
    ['refusing', { error: 'refused' }],
    ['failing', { error: 'servfail' }],
  ])('the next one is asked where the first is %s', async (_name, reply) => {
    const first = await nameServer(() => reply)
    const second = await nameServer(() => ({ addresses: ['127.0.0.8'] }))
    expect(await resolve(lookUpAt(first.server, second.server), 'edge.example')).toBe('127.0.0.8')
  })

  test('the first has the word where it knows that there is no such name', async () => {
    const first = await nameServer(() => ({ error: 'nxdomain' }))
    const second = await nameServer(() => ({ addresses: ['127.0.0.8'] }))
    expect(await resolve(lookUpAt(first.server, second.server), 'edge.example')).toMatchObject({ outcome: 'dns_error' })
    expect(second.questions).toEqual([])
  })

  test('where none takes questions the name does not resolve', measuresTime, async () => {
    const closed = await nameServer(() => 'silence')
    await standins.splice(0)[0]?.close()
    const started = performance.now()
    expect(await resolve(lookUpAt(closed.server), 'edge.example')).toEqual({
      outcome: 'dns_error',
      detail: 'the name does not resolve (ECONNREFUSED)',
    })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test.each<DnsReply>([{ error: 'servfail' }, { error: 'refused' }])(
    'one that fails for a moment is asked again',
    async reply => {
      let asked = 0
      const { server } = await nameServer(() => (asked++ < 2 ? reply : { addresses: ['127.0.0.8'] }))
      expect(await resolve(lookUpAt(server), 'edge.example')).toBe('127.0.0.8')
    },
  )

  test('an answer that got lost is asked for again', async () => {
    let asked = 0
    const { server } = await nameServer(() => (asked++ < 2 ? 'silence' : { addresses: ['127.0.0.8'] }))
    expect(await resolve(lookUpAt(server), 'edge.example')).toBe('127.0.0.8')
  })
})

describe('an answer', () => {
  test.each<[string, DnsReply]>([
    ['that belongs to an alias', { addresses: ['127.0.0.8'], alias: 'real.example.net' }],
    ['that does not fit into a datagram', { addresses: ['127.0.0.8'], tcp: true }],
    ['that is an alias and comes over TCP', { addresses: ['127.0.0.8'], tcp: true, alias: 'Real.Example.net' }],
  ])('%s is taken', async (_name, reply) => {
    const { server } = await nameServer(() => reply)
    expect(await resolve(lookUpAt(server), 'edge.example')).toBe('127.0.0.8')
  })

  test('an alias without an address is none', async () => {
    const { server } = await nameServer(() => ({ addresses: [], alias: 'real.example.net' }))
    expect(await resolve(lookUpAt(server), 'edge.example')).toMatchObject({ outcome: 'dns_error' })
  })

  test('to another question is none', async () => {
    const socket = createSocket('udp4')
    socket.on('message', (message, { port, address }) => {
      const other = Buffer.from(message)
      other.writeUInt8((other.readUInt8(13) & 0x5f) === 0x58 ? 0x59 : 0x58, 13)
      const answer = (question: Buffer, id: number) => {
        const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 66])
        const whole = Buffer.concat([question, record])
        whole.writeUInt16BE(id, 0)
        whole.writeUInt16BE(0x8180, 2)
        whole.writeUInt16BE(1, 6)
        socket.send(whole, port, address)
      }
      answer(other, message.readUInt16BE(0))
      answer(message, message.readUInt16BE(0) ^ 1)
      socket.send(message, port, address)
      for (const length of [0, 1, 11, 13, 20]) socket.send(message.subarray(0, length), port, address)
    })
    await new Promise<void>(done => socket.bind(0, '127.0.0.1', done))
    expect(await resolve(lookUpAt(`127.0.0.1:${socket.address().port}`), 'edge.example', null, 700)).toBe('pending')
    socket.close()
  })
})

describe('the name servers and search domains of resolv.conf', () => {
  test('are read anew for every look-up', async () => {
    const lookUp = createLookUp({ hostsFile, resolvConf })
    writeFileSync(resolvConf, 'nameserver 127.0.24.1 # nobody\n')
    expect(await resolve(lookUp, 'edge.example', null, 900)).toMatchObject({
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('names that hang', () => {
  const hanging = ({ name }: Question): DnsReply => (name.startsWith('hang') ? 'silence' : { addresses: ['127.0.0.1'] })

  test.each([1, 2])('hold up nobody, with %i name servers of which the last is dead', measuresTime, async count => {
    const good = await nameServer(hanging)
    const dead = count === 1 ? [] : [await nameServer(() => 'silence')]
    const lookUp = lookUpAt(good.server, ...dead.map(({ server }) => server))
    const stuck: Promise<unknown>[] = []
    for (let at = 0; at < 300; at++) {
      stuck.push(resolve(lookUp, `hang${at}.example`, null, 2500))
      // As a cycle paces its probes: a burst would overflow the stand-in's socket.
      await new Promise(done => setTimeout(done, 1))
    }
    const times: number[] = []
    for (let at = 0; at < 20; at++) {
      const started = performance.now()
      expect(await resolve(lookUp, `edge${at}.example`)).toBe('127.0.0.1')
      times.push(performance.now() - started)
      await new Promise(done => setTimeout(done, 60))
    }
    expect(times.sort((a, b) => a - b)[15]).toBeLessThan(400)
    expect(new Set(await Promise.all(stuck))).toEqual(new Set(['pending']))
  })

  test('take one socket, however many they are', async () => {
    const { server } = await nameServer(() => 'silence')
    const sockets = () => readdirSync('/proc/self/fd').length
    const lookUp = lookUpAt(server)
    const before = sockets()
    const stuck = Array.from({ length: 200 }, (_, at) => lookUp(`hang${at}.example`))
    // So late that each was asked for three times.
    await new Promise(done => setTimeout(done, 1700))
    expect(sockets() - before).toBeLessThan(10)
    for (const one of stuck) one.cancel()
  })

  test('leave nothing behind that keeps the process alive', async () => {
    const { server, questions } = await nameServer(() => 'silence')
    const before = process.getActiveResourcesInfo().filter(kind => kind !== 'Immediate').length
    const lookUp = lookUpAt(server)
    expect(await resolve(lookUp, 'hang.example', null, 100)).toBe('pending')
    await new Promise(done => setTimeout(done, 50))
    expect(process.getActiveResourcesInfo().filter(kind => kind !== 'Immediate').length).toBeLessThanOrEqual(before)
    const asked = questions.length
    await new Promise(done => setTimeout(done, 1200))
    expect(questions).toHaveLength(asked)
  })
})
