import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Copy, copySource } from './copy.ts'
import { equivalents } from './equivalents.ts'
import { allMutants, chosenMutants, type Mutant } from './mutants.ts'

const help = `npm run mutate -- [--mutants N] [--seed S] [--show]

Breaks functions/core and functions/cycle on purpose, N times (60), each time in one place of a copy, and runs the tests
that matter. Ends with status 1 where fewer than 95 % are noticed. --show tells each mutant.
`
const root = fileURLToPath(new URL('../..', import.meta.url))
const wanted = 0.95
const atOnce = 2
/** Tests that take this many times longer than on the whole source have noticed something, too: it never ends. */
const patience = 4
const patienceMs = 30_000

/** The project's own settings without its build, and with a cache of its own: two run beside each other. */
const configName = 'mutation.config.ts'
const config = `import { defineConfig } from 'vitest/config'
import { shared } from './vitest.config.ts'
export default defineConfig({ cacheDir: '.vite', test: { ...shared, include: ['test/**/*.test.ts'], maxWorkers: 1 } })
`

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    show: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Those in which no process is started. */
const widest = [
  ...['test/unit/core', 'test/unit/cycle', 'test/property'],
  ...['test/integration/route53.test.ts', 'test/simulation/itself'],
]

/** By folder: what tests it besides, though it takes its time. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'functions/cycle/configuration/': ['test/integration/push-kills.slow', 'test/simulation/configuration.slow'],
  'functions/core/following/': ['test/unit/app/following', 'test/simulation/handover.slow'],
}

/** The tests that matter for a file, the nearest first. */
function testsFor({ file }: Mutant): string[][] {
  const own = file.startsWith('functions/cycle/')
    ? ['test/unit/cycle']
    : [`test/unit/${file.slice('functions/'.length, -'.ts'.length)}.test.ts`].filter(path =>
        existsSync(join(root, path)),
      )
  const more = Object.entries(besides).flatMap(([folder, tests]) => (file.startsWith(folder) ? tests : []))
  return [own, widest, more].filter(tests => tests.length > 0)
}

/** What tests made of a mutant. */
type Verdict = 'noticed' | 'never ended' | 'SURVIVED'

async function verdictOn(copy: Copy, mutant: Mutant, maxMs: number): Promise<Verdict> {
  const path = join(copy.path, mutant.file)
  const text = readFileSync(path, 'utf8')
  const lines = text.split('\n')
  lines[mutant.line - 1] = mutant.after
  writeFileSync(path, lines.join('\n'))
  try {
    for (const tests of testsFor(mutant)) {
      const verdict = await tried(copy, tests, maxMs)
      if (verdict !== 'SURVIVED') return verdict
    }
    return 'SURVIVED'
  } finally {
    writeFileSync(path, text)
  }
}

function tried(copy: Copy, tests: readonly string[], maxMs: number): Promise<Verdict> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--config', configName, '--bail', '1', '--reporter', 'dot', ...tests]
  const child = spawn(process.execPath, args, { cwd: copy.path, stdio: 'ignore' })
  let isOver = false
  const timer = setTimeout(() => {
    isOver = true
    child.kill('SIGKILL')
  }, maxMs)
  return new Promise(resolve => {
    child.on('exit', status => {
      clearTimeout(timer)
      resolve(isOver ? 'never ended' : status === 0 ? 'SURVIVED' : 'noticed')
    })
  })
}

/** How long the tests may take, by how long they take while nothing is broken; throws where they do not pass. */
async function maxFor(copy: Copy): Promise<number> {
  const started = performance.now()
  const verdict = await tried(copy, widest, 3_600_000)
  if (verdict !== 'SURVIVED') throw new Error(`the tests fail before anything is broken (${copy.path})`)
  return (performance.now() - started) * patience + patienceMs
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const all = allMutants(root, ['functions/core', 'functions/cycle']).filter(mutant => !isEquivalent(mutant))
  const todo = chosenMutants(all, Number(values.mutants), Number(values.seed))
  const total = todo.length
  const verdicts: Verdict[] = []
  const started = performance.now()
  const lane = async () => {
    const copy = copySource()
    writeFileSync(join(copy.path, configName), config)
    try {
      const maxMs = await maxFor(copy)
      for (let mutant = todo.shift(); mutant !== undefined; mutant = todo.shift()) {
        const verdict = await verdictOn(copy, mutant, maxMs)
        verdicts.push(verdict)
        if (values.show || verdict !== 'noticed') process.stdout.write(`${verdict} ${told(mutant)}\n`)
      }
    } finally {
      copy.remove()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  const count = (wanted: Verdict) => verdicts.filter(verdict => verdict === wanted).length
  const share = 1 - count('SURVIVED') / total
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  process.stdout.write(
    `${total} mutants of ${all.length} in ${seconds} s: ${count('noticed')} noticed, ${count('never ended')} never ended, ` +
      `${count('SURVIVED')} survived (${(100 * share).toFixed(1)} % noticed)\n`,
  )
  return share >= wanted ? 0 : 1
}

function isEquivalent({ file, before, after }: Mutant): boolean {
  return equivalents.some(one => one.file === file && one.before === before.trim() && one.after === after.trim())
}

function told({ file, line, before, after }: Mutant): string {
  return `${file}:${line}\n  - ${before.trim()}\n  + ${after.trim() || '(nothing)'}`
}

process.exitCode = await main()
