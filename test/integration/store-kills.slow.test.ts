import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { type BuildOptions, build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { root } from '../helpers/command.ts'
import { openEmbedded } from '../helpers/stores.ts'

let code: string
let folder: string
beforeAll(async () => {
  code = mkdtempSync(join(tmpdir(), 'edgemanage-kills-code-'))
  await build({ ...bundled, outfile: join(code, 'writer.mjs') })
  symlinkSync(join(root, 'node_modules'), join(code, 'node_modules'))
})
afterAll(() => rmSync(code, { recursive: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-kills-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const script = `
  import { embeddedRows } from './embedded-rows.ts'
  import { openStore } from './local-storage.ts'
  const [, , folder, network] = process.argv
  const rows = embeddedRows(await openStore(folder, { readOnly: false }))(network)
  for (let at = 0; ; at++) {
    await Promise.all(['A', 'B'].map(name => rows.put('LOG#' + name + '#' + at, { t: { S: 'x'.repeat(3000) } })))
    process.stdout.write(at + '\\n')
  }`
/** One file: two dozen processes start with it, and each is there in a moment. */
const bundled: BuildOptions = {
  stdin: { contents: script, resolveDir: join(root, 'functions/adapters/embedded'), loader: 'ts' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['libsql'],
  banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
}

/** A process that writes one item after the other, for ever, and says so after each. */
function writer(network: string): { child: ChildProcess; told: number[] } {
  const child = spawn(process.execPath, [join(code, 'writer.mjs'), folder, network], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const told: number[] = []
  createInterface({ input: child.stdout }).on('line', line => told.push(Number(line)))
  return { child, told }
}

test('what a process that was killed had been told is saved is there, for both networks, whenever it was killed', async () => {
  for (let round = 0; round < 6; round++) {
    const writers = ['net', 'other'].map(network => ({ network, ...writer(network) }))
    while (writers.some(({ told }) => told.length < 5)) await pause(1)
    await pause(round * 7)
    for (const { child } of writers) child.kill('SIGKILL')
    await Promise.all(writers.map(({ child }) => once(child, 'close')))
    const { rows, close } = await openEmbedded(folder)
    for (const { network, told } of writers) {
      expect(await rows(network).notices()).toEqual([])
      for (const name of ['A', 'B']) {
        const found = new Set((await rows(network).list(`LOG#${name}#`)).map(item => item.sk?.S))
        expect(told.filter(at => !found.has(`LOG#${name}#${at}`))).toEqual([])
      }
    }
    await close()
  }
})

test('killed while it makes or repairs a database: the next one does it, and the word is not lost', async () => {
  const rounds = 12
  let whole = 0
  for (let round = 0; round <= rounds; round++) {
    writeFileSync(join(folder, 'state.sqlite'), 'garbage '.repeat(4000))
    const started = performance.now()
    const { child, told } = writer('net')
    // The first one may end it, which takes as long as is shared out among the others.
    while (round === 0 && told.length === 0) await pause(1)
    if (round === 0) whole = performance.now() - started
    else await pause((whole * round) / rounds)
    child.kill('SIGKILL')
    await once(child, 'close')
    const { rows, close } = await openEmbedded(folder)
    expect((await rows('net').notices()).join()).toContain('is damaged')
    await close()
  }
})
