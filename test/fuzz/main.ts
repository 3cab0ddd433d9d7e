import { parseArgs } from 'node:util'
import { createRandom } from '../simulation/world/random.ts'
import { fuzzers } from './all.ts'

const help = `npm run fuzz -- [--inputs N] [--seed S] [--only ${Object.keys(fuzzers).join('|')}]

Feeds N inputs (100000) from seed S (1) to each part that reads what comes from outside. Ends with status 1 where one
led to an uncaught exception or to an unsafe zone; the input is told.
`

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const chosen = Object.entries(fuzzers).filter(([name]) => values.only === undefined || values.only === name)
  if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(fuzzers).join(', ')}`)
  let faults = 0
  for (const [name, fuzz] of chosen) {
    const started = performance.now()
    const found = await fuzz(createRandom(Number(values.seed), name), Number(values.inputs))
    const ends = Object.entries(found.ends).map(([kind, count]) => `${kind} ${count.toLocaleString('en')}`)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(`${name}: ${found.inputs.toLocaleString('en')} inputs in ${seconds} s: ${ends.join(', ')}\n`)
    for (const fault of found.faults) process.stdout.write(`  FAULT ${fault}\n`)
    faults += found.faults.length
  }
  process.stdout.write(faults === 0 ? 'no exception, no unsafe zone\n' : `${faults} faults\n`)
  return faults === 0 ? 0 : 1
}

process.exitCode = await main()
