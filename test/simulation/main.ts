import { parseArgs } from 'node:util'
import { simulateManyConfigurations } from './configuration/simulate.ts'
import { withoutGuard } from './guards.ts'
import { simulateMany } from './many.ts'
import { type Simulation, simulate } from './simulate.ts'
import { summaryOf } from './summary.ts'
import { warmYear } from './year.ts'

const help = `npm run simulate -- [--seed S] [--cycles N] [--seeds M] [--embedded] [--clocks] [--trace] [--year] [--configuration] [--without GUARD]

Simulates M worlds (1), from seed S (1) on, for N cycles each (100). Prints what happened. A world in which a promise of
behaviour.md is broken is told with the shortest history that breaks it, and ends the command with status 1.
--embedded keeps the state in the embedded store of one machine instead of DynamoDB.
--clocks lets the clock jump in every world, and not only in one of seven.
--year lets one warm function work for a year and measures what it holds.
--configuration simulates pushes, rollbacks, deploys and damaged bundles instead, for N cycles in all (20,000 in two
  minutes): every cycle uses one whole configuration, and none older than the newest that was not rejected.
--without takes a guard out of a copy of the source and tells the first seed that notices ("list": which there are).
`

type How = Pick<Simulation, 'store' | 'clocks'>

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cycles: { type: 'string', default: '100' },
    seeds: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    clocks: { type: 'boolean', default: false },
    embedded: { type: 'boolean', default: false },
    year: { type: 'boolean', default: false },
    configuration: { type: 'boolean', default: false },
    without: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not ${text}`)
  return value
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const first = whole('seed', values.seed)
  const cycles = whole('cycles', values.cycles)
  const seeds = whole('seeds', values.seeds)
  if (values.without !== undefined) return withoutGuard(values.without, seeds === 1 ? 200 : seeds, cycles)
  if (values.configuration) return configuration(first, cycles)
  if (values.year) return year(first)
  const how: How = { store: values.embedded ? 'embedded' : 'DynamoDB', ...(values.clocks ? { clocks: true } : {}) }
  if (values.trace) return trace(first, cycles, how)
  const started = performance.now()
  const { counts, broken } = await simulateMany(first, seeds, cycles, how)
  process.stdout.write(`${summaryOf(counts, seeds, (performance.now() - started) / 1000)}\n`)
  process.stdout.write(`${broken ?? 'no promise was broken'}\n`)
  return broken === null ? 0 : 1
}

/** Rounds of one seed: in each, operators may act and every network has its cycle. */
const rounds = 40

async function configuration(seed: number, cycles: number): Promise<number> {
  const started = performance.now()
  const { counts, broken } = await simulateManyConfigurations(seed, cycles, rounds)
  const facts = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${facts.join(', ')}, in ${seconds} s\n${broken ?? 'no promise was broken'}\n`)
  return broken === null ? 0 : 1
}

const hoursOfYear = 8760
/** From then on the table, which the simulation keeps in the same memory, holds all the hours that it ever will. */
const hoursUntilFull = 4000
const slackMegabytes = 5

/** A year of one warm function, a cycle an hour. */
async function year(seed: number): Promise<number> {
  const { early, late, broken } = await warmYear(seed, hoursUntilFull, hoursOfYear)
  const isSteady = late < early + slackMegabytes
  process.stdout.write(`a year, warm: ${early.toFixed(1)} MB after five months, ${late.toFixed(1)} MB at its end\n`)
  return isSteady && broken === 0 ? 0 : 1
}

/** One world, with everything that starts in it and every promise that it breaks. */
async function trace(seed: number, cycles: number, how: How): Promise<number> {
  const { violations } = await simulate({ seed, cycles, ...how, trace: line => void process.stdout.write(`${line}\n`) })
  for (const { promise, how } of violations) process.stdout.write(`${promise}: ${how}\n`)
  return violations.length === 0 ? 0 : 1
}

process.exitCode = await main()
