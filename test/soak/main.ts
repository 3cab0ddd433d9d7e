import { parseArgs } from 'node:util'
import { type Soaked, soak } from './soak.ts'

const help = `npm run soak -- [--seconds N]

Real cycles, one a second for N seconds (3600), on loopback, with proxies before edges, table and bucket that reset, cut,
delay and answer nonsense. Stops by itself; status 1 where memory or open files grow, or a cycle is missed.
`
/** Memory may grow by so much between its early and its late median, for what the garbage collector leaves lying. */
const slackMegabytes = 25
const slackFiles = 6

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3600' }, help: { type: 'boolean', default: false } },
})

function faultsOf({ megabytes, files, turns, exitStatus, cycles, statuses }: Soaked): string[] {
  return [
    ...(megabytes[1] > megabytes[0] + slackMegabytes ? ['memory grows'] : []),
    ...(files[1] > files[0] + slackFiles ? ['sockets or files are left open'] : []),
    ...(turns.missed > 0 ? [`${turns.missed} cycles were missed`] : []),
    ...(exitStatus === 0 ? [] : [`it ended with status ${exitStatus}`]),
    ...((statuses.ok ?? 0) < cycles / 2 ? ['fewer than half of the cycles were ok'] : []),
  ]
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const found = await soak(Number(values.seconds), line => void process.stdout.write(`${line}\n`))
  const statuses = Object.entries(found.statuses).map(([status, count]) => `${status} ${count}`)
  const faults = faultsOf(found)
  process.stdout.write(
    `${found.cycles} cycles in ${values.seconds} s (${statuses.join(', ')}), ${found.rotations} rotations; ` +
      `faults injected: ${found.faults}; starts missed: ${found.turns.missed}, left out for longer cycles: ${found.turns.overrun}; ` +
      `starts after their turn, median, p99 and most: ${found.turns.late.join(', ')} ms\n` +
      `memory ${found.megabytes.map(one => `${one.toFixed(0)} MB`).join(' -> ')}, open files ${found.files.join(' -> ')}\n` +
      `${faults.length === 0 ? 'steady' : faults.join('; ')}\n`,
  )
  if (faults.length > 0) process.stdout.write(`${found.errors.slice(-2000)}\n`)
  return faults.length === 0 ? 0 : 1
}

process.exitCode = await main()
