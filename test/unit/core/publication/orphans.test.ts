import { expect, test } from 'vitest'
import { newOrphans, orphanWarning } from '../../../../functions/core/publication/orphans.ts'
import type { ZoneRecord } from '../../../../functions/core/state/network-state.ts'
import { network, stateBefore } from '../../../helpers/core.ts'

const record = (changes: Partial<ZoneRecord> = {}): ZoneRecord => ({
  hash: 'x',
  due: false,
  serial: 1,
  orphaned: false,
  ...changes,
})

test('a zone that left the configuration is an orphan once, and stays published (behaviour §7.6)', () => {
  const zones = new Map([
    ['gone.example', record()],
    ['old.example', record({ orphaned: true })],
  ])
  const found = newOrphans(network('a', {}, { zones: [] }), stateBefore({ zones }))
  expect([...found]).toEqual([['gone.example', record({ orphaned: true })]])
  expect([...found].map(orphanWarning)).toEqual([
    'zone gone.example is gone from the configuration: it stays published as it is',
  ])
})

test('of one whose publication was never confirmed that is said', () => {
  expect(orphanWarning(['gone.example', record({ hash: null })])).toMatch(/never confirmed/)
})
