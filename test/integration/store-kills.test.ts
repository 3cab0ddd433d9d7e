import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmbedded } from '../helpers/stores.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-kills-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const stores = new URL('../helpers/stores.ts', import.meta.url).href

/** A process that writes one item after the other, for ever, and says so after each. */
function writer(network: string): { child: ChildProcess; told: number[] } {
  const script = `
    const { openEmbedded } = await import(${JSON.stringify(stores)})
    const { rows } = await openEmbedded(${JSON.stringify(folder)})
    for (let at = 0; ; at++) {
      await Promise.all(['A', 'B'].map(name => rows('${network}').put('LOG#' + name + '#' + at, { t: { S: 'x'.repeat(3000) } })))
      process.stdout.write(at + '\\n')
    }`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
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
  for (let round = 0; round < 12; round++) {
    writeFileSync(join(folder, 'state.sqlite'), 'garbage '.repeat(4000))
    const { child } = writer('net')
    await pause(150 + round * 40)
    child.kill('SIGKILL')
    await once(child, 'close')
    const { rows, close } = await openEmbedded(folder)
    expect((await rows('net').notices()).join()).toContain('is damaged')
    await close()
  }
})
