import { rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inWorkplace } from '../helpers/at-work.ts'
import { type Ended, runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { pem } from '../helpers/probe.ts'
import { closedPort, httpServer, httpsServer, type TestServer, tcpServer } from '../helpers/servers.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// What leaves a cycle (behaviour §14.1, §14.2), to real servers that behave as badly as they can.

const addresses = ['127.0.55.1', '127.0.55.2']
const secret = 'token-of-an-operator'
/** How long somebody is waited for (behaviour §14), and what a busy machine may add until a server sees the end of it; milliseconds. */
const limits = { heartbeat: 3_000, notify: 5_000 }
const slackMs = 900

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
/** How somebody answers who speaks no proper HTTP, from the first byte that comes on. */
const talks: Readonly<Record<string, (socket: Socket) => void>> = {
  cutting: socket => void socket.destroy(),
  'dripping headers': socket => drip(socket, 'HTTP/1.1 200 OK\r\nX-Long: ', '.'),
  'dripping a reason': socket => drip(socket, 'HTTP/1.1 200 ', '.'),
  'continuing for ever': socket => drip(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n'),
  mute: () => {},
  'mute in TLS': () => {},
  babbling: socket => drip(socket, 'no HTTP at all\r\n', '\0'),
}
const names = [...Object.keys(answers), ...Object.keys(talks), 'over TLS', 'closed']
/** Those from whom 2xx comes. */
const taking = ['good', 'dripping', 'huge']
/** Those who are given up only when their time is over. */
const waitedFor = ['hanging', 'slow', 'dripping headers', 'dripping a reason', 'mute', 'mute in TLS']

function drip(socket: Socket, first: string, more: string): void {
  socket.write(first)
  const dripping = setInterval(() => socket.write(more), 100)
  socket.on('close', () => clearInterval(dripping))
}

let edges: Edges
let place: Workplace
const servers: TestServer[] = []
const requests = new Map<string, { readonly method: string; readonly path: string; readonly body: string }[]>()
const ports = new Map<string, number>()
/** How long each connection that a server had was open, in milliseconds. */
const spans = new Map<string, number[]>()

function timing(name: string, socket: Socket): void {
  const began = performance.now()
  socket.on('error', () => {})
  socket.once('close', () => spans.get(name)?.push(performance.now() - began))
}

function noting(name: string, answer: Answer): Answer {
  return (request, response) => {
    timing(name, request.socket)
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
  forget()
  for (const [name, talk] of Object.entries(talks)) {
    const server = await tcpServer(socket => {
      // What connects and says nothing is no request; and who answers before all has come is given up early.
      socket.once('data', () => {
        timing(name, socket)
        setTimeout(() => talk(socket), 200)
      })
    })
    servers.push(server)
    ports.set(name, server.port)
  }
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
  servers.push(secured)
  ports.set('over TLS', secured.port).set('closed', await closedPort())
})

afterAll(async () => {
  await Promise.all(servers.map(server => server.close()))
  await edges.close()
  place.remove()
})

const urlOf = (name: string) =>
  `${name.endsWith('TLS') ? 'https' : 'http'}://127.0.0.1:${ports.get(name)}/${secret}?of=${encodeURIComponent(name)}`
const asked = (name: string) => requests.get(name)?.length ?? 0
const forget = () => {
  for (const name of names) {
    requests.set(name, [])
    spans.set(name, [])
  }
}

/** A cycle with a heartbeat to one of them, who is asked once; it is told whether the heartbeat was taken. */
const expectHeartbeat = (name: string) =>
  inWorkplace(edges, addresses, async own => {
    own.settings({ heartbeat: urlOf(name) })
    const { status, report, stdout, stderr } = await cycle(own)
    expect([name, status, report.status]).toEqual([name, 0, 'ok'])
    if (name in answers) expect([name, asked(name)]).toEqual([name, 1])
    const told = report.warnings.filter(warning => warning.startsWith('the heartbeat was not taken'))
    expect([name, told]).toEqual([name, taking.includes(name) ? [] : [expect.any(String)]])
    expect(stdout + stderr).not.toContain(secret)
  })

/** Whether everybody was let go in time: who does not answer after the whole of it, all others before. */
function expectLetGo(called: readonly string[], limitMs: number): void {
  for (const name of called.filter(one => one !== 'closed')) {
    const found = spans.get(name) ?? []
    const leastMs = waitedFor.includes(name) ? limitMs - slackMs : 0
    expect([name, found.filter(span => span < leastMs || span > limitMs + slackMs)]).toEqual([name, []])
    if (waitedFor.includes(name)) expect([name, found]).toEqual([name, [expect.any(Number)]])
  }
}

async function cycle(
  at: Pick<Workplace, 'config' | 'storage'> = place,
): Promise<Ended & { readonly report: { status: string; warnings: string[]; durationMs: number } }> {
  const words = ['manage', '--force', '--json', '-c', at.config, '--local', at.storage]
  const ended = await runCommand(words)
  return { ...ended, report: JSON.parse(ended.stdout) }
}

test(
  'everybody who is notified is asked once, whatever they do, and the cycle is none the worse for it',
  measuresTime,
  async () => {
    // The first cycle of a folder has something to tell.
    rmSync(place.storage, { recursive: true, force: true })
    forget()
    place.settings({ notify: names.map(urlOf) })
    const { status, report, stdout, stderr } = await cycle()
    expect([status, report.status]).toEqual([0, 'ok'])
    expectLetGo(names, limits.notify)
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
  },
)

test('a cycle without events notifies nobody', async () => {
  forget()
  expect((await cycle()).report.status).toBe('ok')
  expect(names.filter(name => asked(name) > 0)).toEqual([])
})

describe('the heartbeat', () => {
  // Cycles side by side, each in folders of its own: what takes time is the waiting.
  const shares = [waitedFor, names.filter(name => !waitedFor.includes(name))]
  test.each(shares.map(share => [share]))(
    'to those that are %j: asked once, within 3 s, and no cycle fails for it',
    measuresTime,
    async share => {
      forget()
      await Promise.all(share.map(expectHeartbeat))
      expectLetGo(share, limits.heartbeat)
    },
  )

  test('is left out by a dry run, and after a cycle that did not go well', async () => {
    forget()
    place.settings({ heartbeat: urlOf('good'), references: [`http://127.0.0.1:${ports.get('closed')}/`] })
    expect((await cycle()).report.status).toBe('blind')
    place.settings({ heartbeat: urlOf('good') })
    await runCommand(['manage', '--dry-run', '-c', place.config, '--local', place.storage])
    expect(asked('good')).toBe(0)
  })
})
