import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach } from 'vitest'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import type { Probe } from '../../functions/core/domain/model.ts'
import type { Target } from '../../functions/cycle/ports/ports.ts'
import type { Request } from '../../functions/cycle/ports/request.ts'
import type { TestServer } from './servers.ts'

/** The test object that probes of these tests expect. */
export const object = 'the test object\n'

/** What a server does with a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Serves the test object. */
export const good: Answer = (_request, response) => void response.end(object)

/** A key or certificate of the tests' own authority, `ca.pem`; valid until 2120, but for `expired`. */
export function pem(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8')
}

/** A request for the test object at this port: one second, three attempts. */
export function requestOf(port: number, changes: Partial<Request> = {}): Request {
  const sha256 = createHash('sha256').update(object).digest('hex')
  const plain = { proto: 'http', host: 'site.example', port, uri: '/o', verify: true } as const
  return { ...plain, timeoutSeconds: 1, attempts: 3, sha256, bytes: object.length, ...changes }
}

/** An edge to probe. */
export function edge(address: string | null = '127.0.0.1', name = 'edge', preferred: string | null = null): Target {
  return { kind: 'edge', name, address, preferred }
}

const probe = createHttpProbe({ ca: pem('ca.pem') })

/** One probe, with the tests' authority as the only trusted one. */
export function run(
  port: number,
  changes: Partial<Request> = {},
  target = edge(),
  signal = new AbortController().signal,
): Promise<Probe> {
  return probe(target, requestOf(port, changes), signal)
}

const servers: TestServer[] = []

/** Keeps a server until the test's end; gives its port. */
export async function serve(server: Promise<TestServer>): Promise<number> {
  const started = await server
  servers.push(started)
  return started.port
}

/** Closes what `serve` keeps, at the end of each test of the calling file, or earlier. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map(server => server.close()))
}

/** To be called once in a file of tests that use `serve`. */
export function closeServersAfterEach(): void {
  afterEach(closeServers)
}
