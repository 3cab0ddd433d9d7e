/** Many edges in one process of their own: every address of 127.0.0.0/8 answers, after a delay told by its address. */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

export const body = 'the test object\n'
export const host = 'site.example'
export const sha256 = createHash('sha256').update(body).digest('hex')
/** Milliseconds; an address has the one that its last part, modulo four, points to. */
export const mixedDelays = [0, 50, 200, 700]

export const tlsFile = (file: string) => fileURLToPath(new URL(`../fixtures/tls/${file}`, import.meta.url))

/** This many addresses; with `delayMs` only such as answer after it. */
export function addressesOf(count: number, delayMs?: number): string[] {
  const all = Array.from({ length: count * 4 + 8 }, (_, at) => `127.${20 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`)
  return (delayMs === undefined ? all.slice(4) : all.filter(address => delayOf(address) === delayMs)).slice(0, count)
}

/** Milliseconds after which an address answers. */
export function delayOf(address: string): number {
  return mixedDelays[Number(address.split('.')[3]) % 4] ?? 0
}

export interface Farm {
  readonly http: number
  readonly https: number
  readonly close: () => void
}

/** Starts the edges; `fixedMs`: every one of them answers after this delay. */
export async function startFarm(fixedMs?: number): Promise<Farm> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve', String(fixedMs ?? '')])
  const [ports] = (await once(child, 'message')) as [{ http: number; https: number }]
  return { ...ports, close: () => void child.kill() }
}

async function serve(fixed: string): Promise<void> {
  const answer: http.RequestListener = (request, response) => {
    const delay = fixed === '' ? delayOf(request.socket.localAddress ?? '') : Number(fixed)
    const send = () => response.writeHead(200, { 'content-length': body.length }).end(body)
    if (delay === 0) send()
    else setTimeout(send, delay)
  }
  const options = { key: readFileSync(tlsFile('site.key')), cert: readFileSync(tlsFile('site.pem')) }
  const ports = [http.createServer(answer), https.createServer(options, answer)].map(async server => {
    server.on('connection', (socket: Socket) => {
      if (!socket.remoteAddress?.startsWith('127.')) socket.destroy()
    })
    await new Promise<void>(resolve => server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 }, resolve))
    return (server.address() as AddressInfo).port
  })
  const [plain, secure] = await Promise.all(ports)
  process.send?.({ http: plain, https: secure })
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'serve') {
  process.on('disconnect', () => process.exit())
  await serve(process.argv[3] ?? '')
}
