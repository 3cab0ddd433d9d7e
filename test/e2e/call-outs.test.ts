import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { pem } from '../helpers/probe.ts'
import { closedPort, httpServer, httpsServer, type TestServer, tcpServer } from '../helpers/servers.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// What leaves a cycle (behaviour §14.1, §14.2), to real servers that behave as badly as they can.

const addresses = ['127.0.55.1', '127.0.55.2']
const secret = 'token-of-an-operator'
/** The longest that anybody is waited for, 5 s, and what a cycle takes besides on a busy machine. */
const maxMs = 20_000

/** How somebody who is called answers. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void
const answers: Readonly<Record<string, Answer>> = {
  good: (_request, response) => void response.end('ok'),
  hanging: () => {},
  slow: (_request, response) => void setTimeout(() => response.end('late'), 60_000).unref(),
  dripping: (_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('.'), 100)
    response.on('close', () => clearInterval(drip))
  },
  huge: (_request, response) => {
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
    }
    response.on('drain', more)
    more()
  },
  redirecting: (_request, response) => void response.writeHead(307, { Location: '/elsewhere' }).end(),
  failing: (_request, response) => void response.writeHead(500).end(),
}
const names = [...Object.keys(answers), 'over TLS', 'cutting', 'closed']
/** Those from whom 2xx comes. */
const taking = ['good', 'dripping', 'huge']

let edges: Edges
let place: Workplace
let storage: string
const servers: TestServer[] = []
const requests = new Map<string, { readonly method: string; readonly path: string; readonly body: string }[]>()
const ports = new Map<string, number>()

function noting(name: string, answer: Answer): Answer {
  return (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', text => {
      body += text
    })
    request.on('end', () => {
      requests.get(name)?.push({ method: String(request.method), path: String(request.url), body })
      answer(request, response)
    })
  }
}

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  for (const name of names) requests.set(name, [])
  for (const [name, answer] of Object.entries(answers)) {
    const server = await httpServer(noting(name, answer))
    servers.push(server)
    ports.set(name, server.port)
  }
  const identity = { key: pem('self.key'), cert: pem('self.pem') }
  const secured = await httpsServer(
    identity,
    noting('over TLS', (_request, response) => void response.end()),
  )
  const cutting = await tcpServer(socket => void socket.once('data', () => socket.destroy()))
  servers.push(secured, cutting)
  ports
    .set('over TLS', secured.port)
    .set('cutting', cutting.port)
    .set('closed', await closedPort())
})

afterAll(async () => {
  await Promise.all(servers.map(server => server.close()))
  await edges.close()
  place.remove()
})

const urlOf = (name: string) =>
  `${name === 'over TLS' ? 'https' : 'http'}://127.0.0.1:${ports.get(name)}/${secret}?of=${encodeURIComponent(name)}`
const asked = (name: string) => requests.get(name)?.length ?? 0
const forget = () => {
  for (const name of names) requests.set(name, [])
}

async function cycle(): Promise<
  Ended & { readonly report: { status: string; warnings: string[]; durationMs: number } }
> {
  const words = ['manage', '--force', '--json', '-c', place.config, '--local', storage]
  const ended = await runCommand(words)
  return { ...ended, report: JSON.parse(ended.stdout) }
}

test('everybody who is notified is asked once, whatever they do, and the cycle is none the worse for it', async () => {
  // The first cycle of a folder has something to tell.
  storage = `${place.storage}-${Date.now()}`
  forget()
  place.settings({ notify: names.map(urlOf) })
  const began = Date.now()
  const { status, report, stdout, stderr } = await cycle()
  expect(Date.now() - began).toBeLessThan(maxMs)
  expect([status, report.status]).toEqual([0, 'ok'])
  for (const name of Object.keys(answers)) expect([name, asked(name)]).toEqual([name, 1])
  const [posted] = requests.get('good') ?? []
  expect(posted).toMatchObject({ method: 'POST', path: `/${secret}?of=good` })
  const events = JSON.parse(String(posted?.body))
  expect(events.network).toBe('net')
  const kinds = events.events.map((event: Record<string, unknown>) => [event.source, event['detail-type']])
  expect(kinds).toContainEqual(['edgemanage', 'edges rotated'])
  const told = report.warnings.filter(warning => warning.startsWith('events were not taken by'))
  for (const name of names) {
    const isTold = told.some(warning => warning.includes(`127.0.0.1:${ports.get(name)}`))
    expect([name, isTold]).toEqual([name, !taking.includes(name)])
  }
  expect(stdout + stderr).not.toContain(secret)
  expect(requests.get('redirecting')?.map(({ path }) => path)).toEqual([`/${secret}?of=redirecting`])
})

test('a cycle without events notifies nobody', async () => {
  forget()
  expect((await cycle()).report.status).toBe('ok')
  expect(names.filter(name => asked(name) > 0)).toEqual([])
})

describe('the heartbeat', () => {
  test.each(names)('to one that is %s: asked once, within 3 s, and no cycle fails for it', async name => {
    forget()
    place.settings({ heartbeat: urlOf(name) })
    const began = Date.now()
    const { status, report, stdout, stderr } = await cycle()
    expect(Date.now() - began).toBeLessThan(maxMs - 2000)
    expect([status, report.status]).toEqual([0, 'ok'])
    if (name in answers) expect(asked(name)).toBe(1)
    const told = report.warnings.filter(warning => warning.startsWith('the heartbeat was not taken'))
    expect(told).toHaveLength(taking.includes(name) ? 0 : 1)
    expect(stdout + stderr).not.toContain(secret)
  })

  test('is left out by a dry run, and after a cycle that did not go well', async () => {
    forget()
    place.settings({ heartbeat: urlOf('good'), references: [`http://127.0.0.1:${ports.get('closed')}/`] })
    expect((await cycle()).report.status).toBe('blind')
    place.settings({ heartbeat: urlOf('good') })
    await runCommand(['manage', '--dry-run', '-c', place.config, '--local', storage])
    expect(asked('good')).toBe(0)
  })
})
