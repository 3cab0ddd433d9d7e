import { describe, expect, test } from 'vitest'
import { readEdgeList } from '../../../../functions/core/config/edge-list.ts'

describe('readEdgeList', () => {
  test('takes names and addresses, comments anywhere, any line ends, in the order of names', () => {
    const list = readEdgeList('# edges\r\n  # indented\r\nb.example # behind\r\n\r\n\t2001:DB8::1\r\n192.0.2.1')
    expect(list.faults).toEqual([])
    expect(list.edges).toEqual([
      { name: '192.0.2.1', address: '192.0.2.1' },
      { name: '2001:db8::1', address: '2001:db8::1' },
      { name: 'b.example', address: null },
    ])
    expect(list.places.get('2001:db8::1')).toEqual({ line: 5, column: 2 })
  })

  test('leaves out what is faulty and tells every fault', () => {
    const list = readEdgeList('a.example\n300.1.1.1\nx y\na.example\n')
    expect(list.edges).toEqual([{ name: 'a.example', address: null }])
    expect(list.faults.map(({ line }) => line)).toEqual([2, 3, 4])
  })
})

test.each([
  ['0.0.0.0', 'clients cannot reach 0.0.0.0 (unspecified)'],
  ['::ffff:127.88.0.1', 'clients cannot reach ::ffff:7f58:1: it is 127.88.0.1 in IPv6 form'],
  ['fe80::1%eth0', 'clients cannot reach fe80::1%eth0: a zone index has a meaning on one machine only'],
  ['2001:db8::1%1', 'clients cannot reach 2001:db8::1%1: a zone index has a meaning on one machine only'],
  ['2001:db8::g', "'2001:db8::g' is not a valid address"],
  ['300.1.1.1', "'300.1.1.1' is neither a host name nor an address: its last label is a number"],
  ['192.0.2.1.', "'192.0.2.1.' is an address: a host name is needed here"],
  ['.', "'.' is not the name of a host"],
  ['a..', "'a..' has an empty label"],
])('%s is not an edge', (text, message) => {
  expect(readEdgeList(`a.example\n${text}\n`)).toMatchObject({
    edges: [{ name: 'a.example' }],
    faults: [{ line: 2, column: 1, message }],
  })
})

describe('an edge is one and the same, however it is spelled', () => {
  test.each([
    ['::1', ['0:0:0:0:0:0:0:1', '0000::0001', '::0:1']],
    ['2001:db8::a', ['2001:DB8::A', '2001:db8:0::a', '2001:0db8:0000:0000:0000:0000:0000:000a', '2001:db8::0.0.0.10']],
    ['edge1.example.org', ['Edge1.Example.ORG', 'edge1.example.org.', 'EDGE1.EXAMPLE.ORG.']],
    ['edge1', ['EDGE1', 'edge1.']],
  ])('%s', (name, spellings) => {
    for (const text of spellings) {
      expect(readEdgeList(text).edges.map(edge => edge.name)).toEqual([name])
      expect(readEdgeList(text).places.has(name)).toBe(true)
      for (const other of [name, ...spellings].filter(one => one !== text)) {
        expect(readEdgeList(`${text}\n${other}`).faults).toEqual([
          { line: 2, column: 1, message: `${other} is already listed in line 1, as ${text}` },
        ])
      }
    }
  })

  test('the same spelling twice', () => {
    expect(readEdgeList('a\na').faults).toMatchObject([{ message: 'a is already listed in line 1' }])
  })

  test('a single label with its dot is looked up with it', () => {
    expect(readEdgeList('edge1.\nedge2\nedge3.example.').edges).toEqual([
      { name: 'edge1', address: null, lookUp: 'edge1.' },
      { name: 'edge2', address: null },
      { name: 'edge3.example', address: null },
    ])
  })
})
