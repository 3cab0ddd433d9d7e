import { expect, test } from 'vitest'
import type { Loaded } from '../../../../functions/core/config/loaded.ts'
import type { Pointer } from '../../../../functions/core/config/pointer.ts'
import {
  type FolderLook,
  type FolderSource,
  folderTakeUp,
} from '../../../../functions/cycle/configuration/take-up-folder.ts'
import { network, now, templates } from '../../../helpers/core.ts'

const hash = 'a'.repeat(64)
const loaded: Loaded = { hash, network: network('abc'), templates, problems: [] }
const pointer: Pointer = {
  ...{ id: 'i', what: 'folder', hash, by: 'ann', at: now - 60_000, comment: '' },
  ...{ base: null, previous: null, source: null, folder: hash, aside: null },
}
const nothingElse = (): never => {
  throw new Error('nothing else is asked')
}

/** A folder that reads as this each time; how often it was read again, and nothing else may be asked. */
function sourceOf(reading: FolderLook) {
  let again = 0
  const source = {
    reading,
    again: async () => {
      again++
      return reading
    },
    signer: 'bob',
    configurations: { read: nothingElse, move: nothingElse, newId: nothingElse },
    sources: { network: 'mynet', bucket: { get: nothingElse }, deployed: null, memory: new Map([[hash, loaded]]) },
  } as unknown as FolderSource
  return { source, again: () => again }
}

const desired = { pointer, taken: null }
const takeUp = { now, dryRun: false }

test('a folder that is in force is read once, and its configuration goes on', async () => {
  const { source, again } = sourceOf({ is: 'valid', loaded, parts: nothingElse })
  expect(await folderTakeUp(source)(desired, takeUp)).toMatchObject({ loaded, signed: { by: 'ann' }, warnings: [] })
  expect(again()).toBe(0)
})

test('a folder with errors is read until two readings are the same; what is in force goes on, and the report says why', async () => {
  const place = { file: 'edgemanage.yaml', line: 3, column: 1, network: null, scope: 'settings' as const }
  const problems = [{ severity: 'error' as const, ...place, message: 'goodenough must be a number' }]
  const { source, again } = sourceOf({ is: 'invalid', problems })
  const inUse = await folderTakeUp(source)(desired, takeUp)
  expect(inUse).toMatchObject({ loaded, signed: { by: 'ann' } })
  expect(inUse.report.rejected).toEqual([expect.stringContaining('goodenough must be a number')])
  expect(again()).toBe(1)
})
