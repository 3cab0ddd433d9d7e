import { describe, expect, test } from 'vitest'
import { addressFault, readEdgeList } from '../../../functions/core/config/edge-list.ts'

describe('readEdgeList', () => {
  test('takes names and addresses, comments anywhere, any line ends, in the order of names', () => {
    const list = readEdgeList('# edges\r\n  # indented\r\nb.example # behind\r\n\r\n\t2001:DB8::1\r\n192.0.2.1')
    expect(list.faults).toEqual([])
    expect(list.edges).toEqual([
      { name: '192.0.2.1', address: '192.0.2.1' },
      { name: '2001:DB8::1', address: '2001:db8::1' },
      { name: 'b.example', address: null },
    ])
    expect(list.places.get('2001:DB8::1')).toEqual({ line: 5, column: 2 })
  })

  test('leaves out what is faulty and tells every fault', () => {
    const list = readEdgeList('a.example\n300.1.1.1\nx y\na.example\n')
    expect(list.edges).toEqual([{ name: 'a.example', address: null }])
    expect(list.faults.map(({ line }) => line)).toEqual([2, 3, 4])
  })
})

test.each([
  ['127.0.0.1', true],
  ['10.0.0.1', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['239.1.1.1', false],
  ['::', false],
  ['ff02::1', false],
])('%s may be a server: %s', (address, isFine) => {
  expect(addressFault(address) === null).toBe(isFine)
})
