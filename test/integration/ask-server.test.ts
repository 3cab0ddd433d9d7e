import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { createAskServer } from '../../functions/adapters/probe/dns/ask-server.ts'
import { renderZone } from '../../functions/core/zone/render.ts'
import { toolOr } from '../helpers/debian.ts'
import { freePort } from '../helpers/free-port.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { type NameServer, type Said, startNameServer } from '../helpers/name-server.ts'
import { sampleZone, zoneTemplate } from '../helpers/zones.ts'

const named = toolOr('named')
const ask = createAskServer()
const within = () => AbortSignal.timeout(5_000)
const good: Said = { serial: 7, addresses: ['192.0.2.1', '2001:db8::1'] }

let server: NameServer | null = null
afterEach(() => {
  server?.close()
  server = null
})

async function asked(said: Said) {
  server = await startNameServer(said)
  return ask(server.address, 'example.org', within())
}

test('a server that answers is heard, over TCP where its answer is cut', async () => {
  expect(await asked(good)).toEqual(good)
  expect(server?.overTcp()).toBe(0)
  server?.close()
  expect(await asked({ ...good, isCut: true })).toEqual(good)
  expect(server?.overTcp()).toBe(3)
})

test.each<[string, Partial<Said>, string]>([
  ['refuses', { rcode: 5 }, 'it answers REFUSED'],
  ['has trouble', { rcode: 2 }, 'it answers SERVFAIL'],
  ['knows no such zone', { rcode: 3 }, 'it answers NXDOMAIN'],
  ['is not authoritative', { isLame: true }, 'it is not authoritative'],
  ['says nothing', { isSilent: true }, 'no answer'],
])('a server that %s gives no answer', async (_how, said, trouble) => {
  expect(await asked({ ...good, ...said })).toEqual({ trouble })
})

test('nobody is there: that is known at once, or after two datagrams', async () => {
  server = await startNameServer(good)
  const { address } = server
  server.close()
  server = null
  expect(await ask(address, 'example.org', within())).toHaveProperty('trouble')
})

test('a server may be a name, and one that does not resolve is told', async () => {
  server = await startNameServer(good)
  const { address } = server
  expect(await ask(address.replace('127.0.0.1', 'localhost'), 'example.org', within())).toEqual(good)
  const nowhere = { addresses: [], leftOut: [], error: 'ENOTFOUND' }
  const answers = { A: Promise.resolve(nowhere), AAAA: Promise.resolve(nowhere) }
  const lost = createAskServer(() => ({ answers, cancel: () => {} }))
  const { trouble } = (await lost('ns.example', 'example.org', within())) as { trouble: string }
  expect(trouble).toMatch(/resolve/)
})

test('time that is over ends everything', measuresTime, async () => {
  server = await startNameServer({ ...good, isSilent: true })
  const startedMs = performance.now()
  expect(await ask(server.address, 'example.org', AbortSignal.timeout(100))).toHaveProperty('trouble')
  expect(performance.now() - startedMs).toBeLessThan(1_000)
})

test.skipIf(named === null)('BIND: a zone with more addresses than a datagram holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-served-'))
  const port = await freePort()
  const addresses = Array.from({ length: 90 }, (_, at) => `192.0.2.${at + 1}`)
  const zone = sampleZone({ addresses: [...addresses, '2001:db8::1'], rotateLabels: [] })
  writeFileSync(join(folder, 'zone'), renderZone(zoneTemplate, zone))
  const options = `directory "${folder}"; managed-keys-directory "${folder}"; pid-file none; session-keyfile none;
    listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; notify no; dnssec-validation no;`
  const clause = `zone "${zone.zone}" { type master; file "zone"; };`
  writeFileSync(join(folder, 'named.conf'), `options { ${options} };\ncontrols { };\n${clause}\n`)
  const child = spawn(String(named), ['-g', '-c', join(folder, 'named.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    for await (const line of createInterface({ input: child.stderr })) if (/ running$/.test(line)) break
    const answer = await ask(`127.0.0.1:${port}`, zone.zone, within())
    expect(answer).toMatchObject({ serial: zone.serial })
    expect('addresses' in answer ? answer.addresses.length : 0).toBe(91)
    expect(await ask(`127.0.0.1:${port}`, 'other.example', within())).toEqual({ trouble: 'it answers REFUSED' })
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
