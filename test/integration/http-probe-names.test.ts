import { afterEach, expect, test } from 'vitest'
import { createLookUp } from '../../functions/adapters/probe/dns/names.ts'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { createReference } from '../../functions/adapters/probe/http-reference.ts'
import { type DnsReply, type DnsStandin, dnsStandin } from '../helpers/dns-standin.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { closeServersAfterEach, edge, good, requestOf, run, serve } from '../helpers/probe.ts'
import { closedPort, httpServer } from '../helpers/servers.ts'

closeServersAfterEach()
let standin: DnsStandin | undefined
afterEach(async () => {
  await standin?.close()
  standin = undefined
})

/** The look-up of a machine whose name server answers like this. */
async function lookUpWith(reply: DnsReply) {
  standin = await dnsStandin(() => reply)
  return createLookUp({ hostsFile: '/nonexistent', resolvConf: '/nonexistent', servers: [standin.server] })
}

async function probed(reply: DnsReply, port: number, preferred: string | null = null, seconds = 1, wanted = true) {
  const probe = createHttpProbe({ lookUp: await lookUpWith(reply) })
  const controller = new AbortController()
  if (!wanted) setTimeout(() => controller.abort(), 50)
  return probe(edge(null, 'edge.example', preferred), requestOf(port, { timeoutSeconds: seconds }), controller.signal)
}

test('a name of the machine is resolved, and the address that was probed is told', async () => {
  const port = await serve(httpServer(good))
  const result = await run(port, {}, edge(null, 'localhost'))
  expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.1', phases: { resolve: expect.any(Number) } })
})

test.each<[string, string[], string | null, string]>([
  ['the lowest by number, not by text', ['127.0.0.10', '127.0.0.9'], null, '127.0.0.9'],
  ['IPv4 before IPv6', ['::1', '127.0.0.9'], null, '127.0.0.9'],
  ['the one last published, while it is among them', ['127.0.0.9', '127.0.0.10'], '127.0.0.10', '127.0.0.10'],
  ['the lowest, where that is gone', ['127.0.0.9', '127.0.0.10'], '127.0.0.11', '127.0.0.9'],
  ['IPv6, where there is nothing else, in its one form', ['0:0:0:0:0:0:0:1'], null, '::1'],
  ['what clients reach, beside what they do not', ['0.0.0.0', '127.0.0.9'], '0.0.0.0', '127.0.0.9'],
])('of several addresses it takes %s', async (_name, addresses, preferred, address) => {
  const port = await serve(httpServer(good, '::'))
  expect(await probed({ addresses }, port, preferred)).toMatchObject({ outcome: 'ok', address })
})

test('a name is resolved once, however often it is tried', async () => {
  const result = await probed({ addresses: ['127.0.0.9'] }, await closedPort())
  expect(result).toMatchObject({ outcome: 'refused', attempts: 3, address: '127.0.0.9' })
  expect(standin?.questions.map(({ type }) => type).sort()).toEqual(['A', 'AAAA'])
})

test.each<[string, DnsReply, RegExp]>([
  ['does not exist', { error: 'nxdomain' }, /^the name does not resolve \(ENOTFOUND\)$/],
  ['has no address', { addresses: [] }, /^the name does not resolve \(ENODATA\)$/],
  [
    'has only what no client can reach',
    { addresses: ['0.0.0.0', 'ff02::1'] },
    /no client can reach \(0.0.0.0, ff02::1\)$/,
  ],
  ['is known to no server', { error: 'servfail' }, /^the name does not resolve \(ESERVFAIL\)$/],
])('a name that %s is a failed probe', async (_name, reply, detail) => {
  const result = await probed(reply, 80)
  expect(result).toMatchObject({ outcome: 'dns_error', address: null, attempts: 0 })
  expect(result.detail).toMatch(detail)
})

test('a hosts file that cannot be read is none', async () => {
  standin = await dnsStandin(() => ({ error: 'nxdomain' }))
  const probe = createHttpProbe({ lookUp: createLookUp({ hostsFile: '/', servers: [standin.server] }) })
  const result = await probe(edge(null, 'edge.example'), requestOf(80), new AbortController().signal)
  expect(result).toMatchObject({ outcome: 'dns_error', detail: 'the name does not resolve (ENOTFOUND)' })
})

test('that the prober itself cannot ask says nothing about the edge', async () => {
  const failed = Promise.resolve({ addresses: [], leftOut: [], error: 'EMFILE' })
  const probe = createHttpProbe({ lookUp: () => ({ answers: { A: failed, AAAA: failed }, cancel: () => {} }) })
  const result = await probe(edge(null, 'edge.example'), requestOf(80), new AbortController().signal)
  expect(result).toMatchObject({ outcome: 'skipped', detail: 'the prober could not ask a name server (EMFILE)' })
})

test('a name server that hangs is a timeout, or skipped when nobody waits any more', async () => {
  expect(await probed('silence', 80, null, 0.2)).toMatchObject({
    outcome: 'timeout',
    address: null,
    detail: 'the name was not resolved within 0.2 s',
  })
  expect((await probed('silence', 80, null, 1, false)).outcome).toBe('skipped')
})

test('references are looked up in the same way', measuresTime, async () => {
  const port = await serve(httpServer(good))
  const ask = async (reply: DnsReply, seconds = 2) =>
    createReference(await lookUpWith(reply))(`http://monitor.example:${port}/`, seconds, new AbortController().signal)
  expect(await ask({ addresses: ['127.0.0.1'] })).toBe(true)
  expect(await ask({ addresses: ['::1', '127.0.0.1'] })).toBe(true)
  expect(await ask({ addresses: ['0.0.0.0'] })).toBe(false)
  expect(await ask({ error: 'nxdomain' })).toBe(false)
  const started = performance.now()
  expect(await ask('silence', 0.3)).toBe(false)
  expect(performance.now() - started).toBeLessThan(1500)
})

test('a reference whose name never resolves leaves no query behind', async () => {
  const before = process.getActiveResourcesInfo().length
  const ask = createReference(await lookUpWith('silence'))
  await ask('http://monitor.example/', 0.1, new AbortController().signal)
  const asked = standin?.questions.length
  await new Promise(done => setTimeout(done, 1200))
  expect(standin?.questions).toHaveLength(Number(asked))
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before + 1)
})
