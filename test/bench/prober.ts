/** A prober as a process of its own, to be measured and to be held to a share of a processor. */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { fileURLToPath } from 'node:url'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { watchLoop } from '../../functions/adapters/probe/loop-watch.ts'
import { clock, sleep } from '../../functions/adapters/time/clock.ts'
import type { Target } from '../../functions/cycle/ports/ports.ts'
import type { Request } from '../../functions/cycle/ports/request.ts'
import { probeAll } from '../../functions/cycle/probing/probe-all.ts'
import { addressesOf, body, delayOf, host, sha256, tlsFile } from './farm.ts'

export interface Work {
  readonly proto: 'http' | 'https'
  readonly port: number
  readonly edges: number
  readonly delayMs?: number
  /** `bare`: fetches and hashes and nothing else, 100 in flight; `paced`: the same, one start per millisecond. */
  readonly how: 'product' | 'bare' | 'paced'
}

export interface Measured {
  /** Milliseconds by which each fetch time was above the edge's delay. */
  readonly errors: readonly number[]
  readonly startsMs: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly lagMs: number
  readonly failed: number
}

/** A prober; `before` may hold its process to a share of a processor. */
export async function startProber(before: (pid: number) => void = () => {}) {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve'])
  await once(child, 'message')
  before(Number(child.pid))
  return {
    measure: async (work: Work): Promise<Measured> => {
      child.send(work)
      const [measured] = (await once(child, 'message')) as [Measured]
      return measured
    },
    stop: () => void child.kill(),
  }
}

/** Milliseconds between two starts (behaviour §1.1). */
const paceMs = 1

async function measure(work: Work): Promise<Measured> {
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  const found = await (work.how === 'product' ? product(work) : bare(work))
  const { user, system } = process.cpuUsage(cpuBefore)
  return { ...found, wallMs: performance.now() - started, cpuMs: (user + system) / 1000 }
}

async function product(work: Work): Promise<Omit<Measured, 'wallMs' | 'cpuMs'>> {
  const { proto, port } = work
  const targets: Target[] = addressesOf(work.edges, work.delayMs).map(address => ({
    ...{ kind: 'edge' as const, name: address, address, preferred: null },
  }))
  const request: Request = {
    ...{ proto, port, host, uri: '/object', verify: true, timeoutSeconds: 10, attempts: 3, sha256 },
    bytes: body.length,
  }
  const probe = createHttpProbe({ ca: readFileSync(tlsFile('ca.pem'), 'utf8') })
  const starts: number[] = []
  const ports = {
    ...{ clock, sleep, watchLoop, progress: () => {}, reference: async () => true },
    probe: ((target, asked, signal) => {
      starts.push(performance.now())
      return probe(target, asked, signal)
    }) satisfies typeof probe as typeof probe,
  }
  const standardOf = () => ({ thresholdMicros: 900_000, isLive: false })
  const options = { workers: 500, canaryKiller: 0, references: [], recheck: null, endsAt: clock() + 35_000, standardOf }
  const { edges, lagMs } = await probeAll(targets, request, options, ports)
  const errors = [...edges].flatMap(([name, one]) =>
    one.outcome === 'ok' ? [one.fetchMicros / 1000 - delayOf(name)] : [],
  )
  const startsMs = Number(starts[targets.length - 1]) - Number(starts[0])
  return { errors, startsMs, lagMs, failed: targets.length - errors.length }
}

async function bare({ proto, port, edges, delayMs, how }: Work): Promise<Omit<Measured, 'wallMs' | 'cpuMs'>> {
  const ca = readFileSync(tlsFile('ca.pem'), 'utf8')
  const addresses = addressesOf(edges, delayMs)
  const errors: number[] = []
  let next = 0
  const fetchOne = (address: string) =>
    new Promise<void>((resolve, reject) => {
      const started = performance.now()
      const options = { host: address, port, path: '/object', agent: false as const, headers: { host } }
      const onAnswer = (answer: http.IncomingMessage) => {
        const hash = createHash('sha256')
        answer.on('data', chunk => hash.update(chunk))
        answer.on('end', () => {
          errors.push(performance.now() - started - delayOf(address))
          hash.digest('hex')
          resolve()
        })
      }
      const secure = { ...options, ca, servername: host }
      const sent = proto === 'http' ? http.get(options, onAnswer) : https.get(secure, onAnswer)
      sent.on('error', reject)
    })
  const lane = async () => {
    while (next < addresses.length) await fetchOne(String(addresses[next++]))
  }
  const startEach = async () => {
    const under: Promise<void>[] = []
    for (const address of addresses) {
      under.push(fetchOne(address))
      await new Promise(resolve => setTimeout(resolve, paceMs))
    }
    await Promise.all(under)
  }
  await (how === 'paced' ? startEach() : Promise.all(Array.from({ length: 100 }, lane)))
  return { errors, startsMs: 0, lagMs: 0, failed: 0 }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'serve') {
  process.on('disconnect', () => process.exit())
  process.on('message', async (work: Work) => process.send?.(await measure(work)))
  process.send?.('ready')
}
