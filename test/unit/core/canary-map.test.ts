import { describe, expect, test } from 'vitest'
import { readCanaryMap } from '../../../functions/core/config/canary-map.ts'

const surroundings = { zones: new Set(['a.example', 'b.example']), edges: new Map([['192.0.2.1', 'edge1']]) }

describe('readCanaryMap', () => {
  test.each(['', '# nobody yet\n', '{}'])('%j is no canary and no fault', text => {
    expect(readCanaryMap(text, surroundings)).toEqual({ canaries: [], faults: [] })
  })

  test('names zones in their one spelling and addresses in theirs, in the order of zones', () => {
    const map = readCanaryMap('B.example.: 2001:DB8::9\na.example: 192.0.2.9\n', surroundings)
    expect(map.canaries).toEqual([
      { zone: 'a.example', address: '192.0.2.9' },
      { zone: 'b.example', address: '2001:db8::9' },
    ])
  })

  test('zones may share a canary; an edge may be none', () => {
    const map = readCanaryMap('a.example: 192.0.2.9\nb.example: 192.0.2.9\n', surroundings)
    expect(map.canaries).toHaveLength(2)
    expect(readCanaryMap('a.example: 192.0.2.1', surroundings).faults).toMatchObject([{ severity: 'error', line: 1 }])
  })

  test.each([
    ...['0.0.0.0', '224.0.0.5', '255.255.255.255', '169.254.1.1', '"::"', '"ff02::1"', '"fe80::1"'],
    ...['"::ffff:192.0.2.9"', '"::ffff:c000:209"', '"::192.0.2.9"', '"fe80::1%eth0"', '"2001:db8::1%1"'],
  ])('%s is none', text => {
    const map = readCanaryMap(`a.example: ${text}\n`, surroundings)
    expect(map.canaries).toEqual([])
    expect(map.faults).toMatchObject([{ severity: 'error', line: 1 }])
  })

  test('an edge by another spelling is an edge all the same', () => {
    const edges = new Map([['2001:db8::1', '2001:db8::1']])
    const map = readCanaryMap('a.example: "2001:DB8:0:0::1"\n', { ...surroundings, edges })
    expect(map.faults).toMatchObject([{ severity: 'error', message: expect.stringContaining('is an edge too') }])
  })
})
