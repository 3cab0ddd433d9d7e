/** Wall and CPU time of a whole cycle, as a process of its own: `npx tsx test/bench/cycle.ts [runs]`. Loopback only. */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { commandFile } from '../fixtures/command.ts'
import { startEdges } from '../fixtures/edges.ts'
import { workplaceFor } from '../fixtures/workplace.ts'

const cases = [
  { edges: 40, delayMs: 0 },
  { edges: 100, delayMs: 0 },
  { edges: 200, delayMs: 200 },
  { edges: 1000, delayMs: 0 },
]

const addressesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `127.0.${10 + Math.floor(at / 250)}.${(at % 250) + 1}`)

/** The other side, in a process of its own: it says its port when everyone listens. */
async function serve(count: number, delayMs: number): Promise<void> {
  const edges = await startEdges(addressesOf(count))
  for (const address of addressesOf(count)) edges.behave(address, { delayMs })
  process.send?.({ port: edges.port, body: edges.body })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Seconds of one process: wall, and CPU in user and system mode together. */
function timed(args: readonly string[]): { wall: number; cpu: number } {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" > /dev/null'
  const words = execFileSync('bash', ['-c', `{ ${script}; } 2>&1 | tail -1`, 'bench', process.execPath, ...args], {
    encoding: 'utf8',
  })
  const [wall = 0, user = 0, system = 0] = words.trim().split(' ').map(Number)
  return { wall, cpu: user + system }
}

async function bench(runs: number): Promise<void> {
  console.log('edges  delay   wall (s)  CPU (s)   median of', runs)
  for (const { edges: count, delayMs } of cases) {
    const child = fork(fileURLToPath(import.meta.url), ['serve', String(count), String(delayMs)])
    const [{ port, body }] = (await once(child, 'message')) as [{ port: number; body: string }]
    const noEdges = { port, body, behave: () => {}, asked: async () => {}, close: async () => {} }
    const place = workplaceFor(noEdges, addressesOf(count))
    const args = [commandFile, 'manage', '-c', place.config, '--local', place.storage, '--force', '--json']
    timed(args)
    const times = Array.from({ length: runs }, () => timed(args))
    const [wall, cpu] = [median(times.map(time => time.wall)), median(times.map(time => time.cpu))]
    console.log(`${count}`.padEnd(6), `${delayMs} ms`.padEnd(7), wall.toFixed(2).padEnd(9), cpu.toFixed(2))
    child.kill()
    place.remove()
  }
}

const [mode, count, delayMs] = process.argv.slice(2)
if (mode === 'serve') await serve(Number(count), Number(delayMs))
else await bench(Number(mode ?? 5))
