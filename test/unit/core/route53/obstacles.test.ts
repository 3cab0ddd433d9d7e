import { expect, test } from 'vitest'
import { obstaclesIn } from '../../../../functions/core/route53/obstacles.ts'
import { found } from '../../../helpers/record-sets.ts'

test('what is no plain set stands in the way, a CNAME of both types', () => {
  const names = ['a.example.', 'b.example.', 'c.example.']
  const all = [
    found('A.example', { type: 'CNAME' }),
    found('b.example.', { kind: 'alias' }),
    found('b.example.', { type: 'AAAA', kind: 'weighted' }),
    found('c.example.'),
    found('d.example.', { kind: 'alias' }),
  ]
  expect([...obstaclesIn(all, names)]).toEqual([
    ['A a.example.', 'a CNAME record is at a.example.'],
    ['AAAA a.example.', 'a CNAME record is at a.example.'],
    ['A b.example.', 'an alias A record is at b.example.'],
    ['AAAA b.example.', 'a weighted AAAA record is at b.example.'],
  ])
})
