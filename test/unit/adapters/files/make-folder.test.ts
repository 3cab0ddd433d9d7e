import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeFolder } from '../../../../functions/adapters/files/make-folder.ts'

const place = mkdtempSync(join(tmpdir(), 'edgemanage-'))
afterAll(() => rmSync(place, { recursive: true }))

describe('a folder', () => {
  test('is made with those above it, again and again, by several at once', async () => {
    const folder = join(place, 'one/two/three')
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(folder)])
    await makeFolder(folder)
    expect(existsSync(folder)).toBe(true)
  })

  test('cannot be made below a file', async () => {
    writeFileSync(join(place, 'file'), '')
    await expect(makeFolder(join(place, 'file/one/two'))).rejects.toThrow('ENOTDIR')
  })

  test.runIf(process.platform === 'linux')('cannot be made where the system makes them all', async () => {
    await expect(makeFolder('/proc/nope/one')).rejects.toThrow('ENOENT')
  })
})
