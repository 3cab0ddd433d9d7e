import { expect, test } from 'vitest'
import { changeRows } from '../../../../functions/core/route53/record-change.ts'
import { desiredSets } from '../../../../functions/core/zone/record-set.ts'

const sets = desiredSets('example.org', [], 60, ['192.0.2.1'])

test('planned changes name what they replace', () => {
  const [set] = sets
  if (set === undefined) throw new Error('there is a set')
  const old = { ...set, values: ['192.0.2.9'] }
  const rows = changeRows([{ action: 'UPSERT', set }], [old])
  expect(rows).toEqual([{ action: 'UPSERT', ...set, before: { ttl: 60, values: ['192.0.2.9'] } }])
  expect(changeRows([{ action: 'UPSERT', set }], [])[0]?.before).toBeNull()
})
