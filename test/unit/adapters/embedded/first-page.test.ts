import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { constantSum, firstPageFault, modelPage, sumOf } from '../../../../functions/adapters/embedded/first-page.ts'
import { openStore } from '../../../../functions/adapters/embedded/local-storage.ts'

test('every database of this form has the first page by which it is known', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-page-'))
  const model = await modelPage(join(folder, 'model'))
  expect(sumOf(model)).toBe(constantSum)
  expect(readdirSync(folder)).toEqual([])
  for (const place of [0, 18, 57, 100, 108, 4095]) {
    const other = Buffer.from(model)
    other.writeUInt8(other.readUInt8(place) ^ 1, place)
    expect(sumOf(other)).not.toBe(constantSum)
  }
  const { path, close } = await openStore(folder, { readOnly: false })
  await close()
  expect(firstPageFault(path)).toBeNull()
  rmSync(folder, { recursive: true })
})
