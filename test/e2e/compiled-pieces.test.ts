import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { type Ended, root, runNode } from '../helpers/command.ts'

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A copy of the installed command, of which the compiled pieces can be spoilt. */
function installed() {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-installed-'))
  made.push(folder)
  for (const part of ['dist', 'templates', 'config', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const pieces = join(folder, 'dist/command')
  const compiled = () => readdirSync(pieces).filter(name => name.endsWith('.compiled'))
  const spoil = (how: (bytes: Buffer) => Buffer) => {
    for (const name of compiled()) writeFileSync(join(pieces, name), how(readFileSync(join(pieces, name))))
  }
  const validate = (): Promise<Ended> =>
    runNode([join(folder, 'dist/edgemanage.js'), 'validate', '--config', join(folder, 'config')], folder)
  return { pieces, compiled, spoil, validate }
}

test('the build keeps what V8 made of the pieces that a command needs, and running one changes nothing of it', async () => {
  const { pieces, compiled, validate } = installed()
  expect(compiled().length).toBeGreaterThan(10)
  const sums = () => readdirSync(pieces).map(name => [name, crc32(readFileSync(join(pieces, name)))])
  const before = sums()
  expect(await validate()).toMatchObject({ status: 0, stderr: '' })
  expect(sums()).toEqual(before)
})

const flipped = (bytes: Buffer) => {
  const copy = Buffer.from(bytes)
  for (let at = 7; at < copy.length; at += 997) copy[at] = Number(copy[at]) ^ 16
  return copy
}

test.each<[string, ((bytes: Buffer) => Buffer) | null]>([
  ['missing', null],
  ['empty', () => Buffer.alloc(0)],
  ['cut', bytes => bytes.subarray(0, bytes.length / 2)],
  ['changed in places', flipped],
  ['of another version of Node', bytes => resealed(bytes)],
])('a command does the same where they are %s', async (_, how) => {
  const { pieces, compiled, spoil, validate } = installed()
  const expected = await validate()
  if (how === null) for (const name of compiled()) rmSync(join(pieces, name))
  else spoil(how)
  expect(await validate()).toEqual(expected)
})

test('a piece that could not be loaded once is loaded when it is asked for again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-pieces-'))
  made.push(folder)
  cpSync(join(root, 'functions/cli/pieces.cjs'), join(folder, 'pieces.cjs'))
  writeFileSync(join(folder, 'first.cjs'), "exports.words = require('./second.cjs').words")
  const { piece } = createRequire(import.meta.url)(join(folder, 'pieces.cjs'))
  expect(() => piece('first.cjs')).toThrow('ENOENT')
  writeFileSync(join(folder, 'second.cjs'), "exports.words = 'found at last'")
  expect(piece('first.cjs')).toEqual({ words: 'found at last' })
})

/** Whole, but with another version in its head than this V8 has. */
function resealed(bytes: Buffer): Buffer {
  const data = Buffer.from(bytes.subarray(0, -4))
  data.writeUInt32LE((data.readUInt32LE(4) ^ 1) >>> 0, 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(crc32(data))
  return Buffer.concat([data, sum])
}
