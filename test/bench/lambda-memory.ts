import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { probingMemory } from '../../functions/core/operation/memory.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { startCloud } from '../helpers/cloud.ts'
import { configurationFolder } from '../helpers/configuration.ts'

// npx tsx test/bench/lambda-memory.ts [EDGES [http|https [ZONES]]] — a cycle, the first one publishing all zones, at the processor share of each memory size (Linux, as root).

const edgeCount = Number(process.argv[2] ?? 100)
const proto = process.argv[3] === 'http' ? 'http' : 'https'
const zoneCount = Number(process.argv[4] ?? 1)
const answerMs = 30
/** A function has one whole processor at this memory, and a share in proportion below it. */
const wholeProcessorMegabytes = 1769
const cgroup = '/sys/fs/cgroup/cpu/edgemanage-bench'
const body = 'the test object\n'

const tls = (file: string) => fileURLToPath(new URL(`../fixtures/tls/${file}`, import.meta.url))
const addresses = Array.from({ length: edgeCount }, (_, n) => `127.2.${n >> 8}.${n & 255}`)

async function startEdges(): Promise<{ port: number; servers: Server[] }> {
  const options = { key: readFileSync(tls('site.key')), cert: readFileSync(tls('site.pem')) }
  const servers: Server[] = []
  let port = 0
  for (const address of addresses) {
    const answer: RequestListener = (_request, response) => void setTimeout(() => response.end(body), answerMs)
    const server = proto === 'http' ? createHttpServer(answer) : createServer(options, answer)
    await new Promise<void>(resolve => server.listen(port, address, resolve))
    port = (server.address() as AddressInfo).port
    servers.push(server)
  }
  return { port, servers }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** User and system time so far, in milliseconds. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

function limitTo(megabytes: number, pid: number): void {
  const periodMicros = 20_000
  writeFileSync(`${cgroup}/cpu.cfs_period_us`, String(periodMicros))
  writeFileSync(`${cgroup}/cpu.cfs_quota_us`, String(Math.round((periodMicros * megabytes) / wholeProcessorMegabytes)))
  writeFileSync(`${cgroup}/cgroup.procs`, String(pid))
}

const { port, servers } = await startEdges()
const folder = configurationFolder([], {
  testobject: { host: 'site.example', uri: '/object', local: 'objects/object', port, proto },
  goodenough: 0.7,
  edge_count: 4,
})
folder.write('edges/net', `${addresses.join('\n')}\n`)
for (let at = 0; at < zoneCount; at++) folder.write(`zones/net/zone${at}.example.zone`, '')
const cloud = await startCloud(folder.path)
mkdirSync(cgroup, { recursive: true })
const deployed = probingMemory({ edges: Array(edgeCount), canaries: [], zones: Array(zoneCount) })
for (const megabytes of [128, 256, 512, 1024, 1769]) {
  // Every size publishes all zones anew.
  if (zoneCount > 1) cloud.bucket.objects.clear()
  const manage = await cloud.start('edgemanage-net-manage', { NODE_EXTRA_CA_CERTS: tls('ca.pem') })
  limitTo(megabytes, manage.pid)
  const cycle = async (forceUpdate = false) => {
    const { answer, error } = await manage.invoke({ force: true, forceUpdate })
    if (error !== null) throw new Error(error.errorMessage)
    return answer as Report
  }
  const first = await cycle(true)
  const published = first.zones.filter(({ action }) => action === 'published').length
  const processorBefore = processorMs(manage.pid)
  const warm = [await cycle(), await cycle(), await cycle()]
  const cpuMs = (processorMs(manage.pid) - processorBefore) / warm.length
  const answered = warm.flatMap(({ edges }) => edges.filter(({ outcome }) => outcome === 'ok'))
  const fetches = answered.map(({ fetchSeconds }) => (fetchSeconds ?? 0) * 1000)
  console.log(
    `${megabytes} MB${megabytes === deployed ? ' (as deployed)' : ''}: first cycle ${first.durationMs} ms with ${published} of ${zoneCount} zones, then ${median(warm.map(report => report.durationMs))} ms,`,
    `processor ${cpuMs.toFixed(0)} ms, fetch time ${median(fetches).toFixed(0)} ms (${answerMs} of them the edge's),`,
    `at most ${Math.max(...fetches).toFixed(0)} ms; ${answered.length / warm.length} answered; peak memory ${peakMegabytes(manage.pid).toFixed(0)} MB`,
  )
  await manage.stop()
}
await cloud.close()
for (const server of servers) server.close()
folder.remove()
rmdirSync(cgroup)
