import { expect, test } from 'vitest'
import { decodePushed, encodePushed, pushedKeyOf } from '../../../../functions/adapters/table/pushed-items.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'

const set = { name: 'a.example.', type: 'A' as const, ttl: 60, values: ['192.0.2.1'] }
const pushed: Pushed = {
  hostedZone: 'Z1',
  sets: [set, { ...set, name: 'www.a.example.' }, { ...set, type: 'AAAA', values: ['2001:db8::1'] }],
  attempted: ['A a.example.'],
  due: 1_767_225_600_000,
}

test('what is known of records comes back as it was, values that names share kept once', () => {
  const records = new Map([
    ['a.example', pushed],
    ['b.example', { hostedZone: null, sets: [], attempted: [], due: null }],
    ['c.example', { ...pushed, former: [{ hostedZone: 'Z0', keys: ['A c.example.'] }] }],
  ])
  const item = encodePushed(records)
  expect(decodePushed(item)).toEqual(records)
  expect(item.pushed?.S?.match(/192\.0\.2\.1/g)).toHaveLength(2)
  expect(pushedKeyOf('a.example')).toMatch(/^ZONES#PUSHED#\d\d$/)
})

test.each([
  'no JSON',
  '[]',
  'null',
  '{"a":1}',
  '{"a":[1,null,[],[]]}',
  '{"a":["Z",1.5,[],[]]}',
  '{"a":["Z",null,[1],[]]}',
  '{"a":["Z",null,[],1]}',
  '{"a":["Z",null,[],[1]]}',
  '{"a":["Z",null,[],[["MX",60,["x"],["a."]]]]}',
  '{"a":["Z",null,[],[["A","60",["x"],["a."]]]]}',
  '{"a":["Z",null,[],[["A",60,[1],["a."]]]]}',
  '{"a":["Z",null,[],[["A",60,["x"],1]]]}',
  '{"a":["Z",null,[],[],1]}',
  '{"a":["Z",null,[],[],["Y"]]}',
  '{"a":["Z",null,[],[],[["Y",[1]]]]}',
  '{"a":["Z",null,[],[],[[null,[]]]]}',
])('%s is no such item', text => {
  expect(decodePushed({ pushed: { S: text } })).toBeNull()
})
