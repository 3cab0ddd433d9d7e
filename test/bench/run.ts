/** Every measure with its target, as a table, as JSON and as charts: `npm run bench [PART…]`, `npm run bench:full`. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { commandFile } from '../helpers/command.ts'
import { fidelity } from './fidelity.ts'
import { growth } from './growth.ts'
import { oneMachine } from './one-machine.ts'
import { replays } from './replay.ts'
import { startUp } from './start-up.ts'
import { passes, type Row, tableOf } from './table.ts'
import { wholeProcesses } from './whole-process.ts'
import { zones } from './zones.ts'

const asked = process.argv.slice(2)
const full = asked.includes('--full')
const parts: Record<string, () => Promise<Row[]>> = {
  fidelity,
  growth: () => growth(),
  'one-machine': oneMachine,
  cycles: () => wholeProcesses(full),
  zones,
  replay: replays,
  'start-up': startUp,
}

const chosen = Object.keys(parts).filter(name => !asked.some(word => word in parts) || asked.includes(name))
const started = performance.now()
const loadBefore = loadavg()[0] ?? 0
const rows: Row[] = []
for (const name of chosen) {
  process.stderr.write(`${name} …\n`)
  const found = (await parts[name]?.()) ?? []
  process.stderr.write(`${tableOf(found)}\n`)
  rows.push(...found)
}
const seconds = Math.round((performance.now() - started) / 1000)
const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version, loadBefore }
const results = {
  at: new Date().toISOString(),
  machine,
  seconds,
  rows: rows.map(row => ({ ...row, pass: passes(row) })),
}
writeFileSync(fileURLToPath(new URL('results.json', import.meta.url)), `${JSON.stringify(results, null, 2)}\n`)
console.log(tableOf(rows))
const missed = rows.filter(row => passes(row) === false).length
console.log(`\n${missed} of ${rows.filter(row => row.target !== null).length} targets missed, in ${seconds} s;`)
console.log(
  `${machine.processors} processors, load ${loadBefore.toFixed(1)} before it began (above 0.5 others were working too)`,
)

// What a month costs is worked out from units, not measured here: shown where the command is there.
const cost = spawnSync(process.execPath, [commandFile, 'cost'], { encoding: 'utf8' })
if (cost.status === 0) console.log(`\n${cost.stdout}`)
process.exit()
