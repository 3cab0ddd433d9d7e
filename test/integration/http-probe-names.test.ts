import dns from 'node:dns'
import { afterEach, expect, test, vi } from 'vitest'
import { closeServersAfterEach, edge, good, run, serve } from '../fixtures/probe.ts'
import { closedPort, httpServer } from '../fixtures/servers.ts'

closeServersAfterEach()
afterEach(() => {
  vi.restoreAllMocks()
})

type Callback = (error: NodeJS.ErrnoException | null, answers: { address: string; family: number }[]) => void

/** From now on every name has these addresses; null: the resolver never answers. Gives the names asked for. */
function resolverWith(addresses: string[] | null): string[] {
  const asked: string[] = []
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, _options: unknown, done: Callback) => {
    asked.push(name)
    const answers = addresses?.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (answers !== undefined) setImmediate(done, null, answers)
  }) as never)
  return asked
}

test('a name of the hosts file is resolved, and the address that was probed is told', async () => {
  const port = await serve(httpServer(good))
  const result = await run(port, {}, edge(null, 'localhost'))
  expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.1', phases: { resolve: expect.any(Number) } })
})

test('a name that does not resolve is a failed probe', async () => {
  const result = await run(80, {}, edge(null, 'nonexistent.invalid'))
  expect(result).toMatchObject({ outcome: 'dns_error', address: null, attempts: 0 })
  expect(result.detail).toMatch(/^the name does not resolve \(E/)
})

test.each<[string, string[], string | null, string]>([
  ['the lowest by number, not by text', ['127.0.0.10', '127.0.0.9'], null, '127.0.0.9'],
  ['IPv4 before IPv6', ['::1', '127.0.0.9'], null, '127.0.0.9'],
  ['the one last published, while it is among them', ['127.0.0.9', '127.0.0.10'], '127.0.0.10', '127.0.0.10'],
  ['the lowest, where that is gone', ['127.0.0.9', '127.0.0.10'], '127.0.0.11', '127.0.0.9'],
  ['IPv6, where there is nothing else, in its one form', ['0:0:0:0:0:0:0:1'], null, '::1'],
])('of several addresses it takes %s', async (_name, addresses, preferred, address) => {
  const port = await serve(httpServer(good, '::'))
  const asked = resolverWith(addresses)
  const result = await run(port, {}, edge(null, 'edge.example', preferred))
  expect(result).toMatchObject({ outcome: 'ok', address })
  expect(asked).toEqual(['edge.example'])
})

test('a name is resolved once, however often it is tried', async () => {
  const port = await closedPort()
  const asked = resolverWith(['127.0.0.9'])
  expect((await run(port, {}, edge(null))).attempts).toBe(3)
  expect(asked).toHaveLength(1)
})

test('a resolver without an address, and one with none of use, are DNS errors', async () => {
  resolverWith([])
  expect((await run(80, {}, edge(null))).outcome).toBe('dns_error')
  resolverWith(['fe80::1%eth0'])
  expect((await run(80, {}, edge(null))).outcome).toBe('dns_error')
})

test('a resolver that fails at once is a DNS error', async () => {
  vi.spyOn(dns, 'lookup').mockImplementation(() => {
    throw new Error('no resolver')
  })
  expect(await run(80, {}, edge(null))).toMatchObject({ outcome: 'dns_error', attempts: 0 })
})

test('a resolver that hangs is a timeout, or skipped when nobody waits any more', async () => {
  resolverWith(null)
  expect(await run(80, { timeoutSeconds: 0.2 }, edge(null))).toMatchObject({
    outcome: 'timeout',
    address: null,
    detail: 'the name was not resolved within 0.2 s',
  })
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)
  expect((await run(80, {}, edge(null), controller.signal)).outcome).toBe('skipped')
})
