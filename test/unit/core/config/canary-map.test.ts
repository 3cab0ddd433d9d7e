import { describe, expect, test } from 'vitest'
import { readCanaryMap } from '../../../../functions/core/config/canary-map.ts'

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

  test.each([
    ['a line without a colon', 'a.example: 192.0.2.8\nnonsense\nb.example: 192.0.2.9\n', 2],
    ['a quote that never ends', 'a.example: 192.0.2.8\nx: "\nb.example: 192.0.2.9\n', 3],
    ['a list that never ends', 'a.example: 192.0.2.8\nx: [\nb.example: 192.0.2.9\n', 2],
    ['a tab before it', 'a.example: 192.0.2.8\n\tx: y\nb.example: 192.0.2.9\n', 2],
    ['a second document', 'a.example: 192.0.2.8\n---\nb.example: 192.0.2.9\n', 2],
  ])('a line that is no YAML costs no other its canary: %s', (_words, text) => {
    const { canaries, faults } = readCanaryMap(text, surroundings)
    expect(canaries).toEqual([
      { zone: 'a.example', address: '192.0.2.8' },
      { zone: 'b.example', address: '192.0.2.9' },
    ])
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.every(({ severity }) => severity === 'error')).toBe(true)
  })

  test('of a zone that is listed twice the first line counts; what is indented, or no address, is no line of a map', () => {
    const text =
      'a.example: 192.0.2.8\nA.example.: 192.0.2.7\n  b.example: 192.0.2.9\nc: {d: 1}\ne: 1\n{f: x, g: y}\n[\n'
    expect(readCanaryMap(text, surroundings).canaries).toEqual([{ zone: 'a.example', address: '192.0.2.8' }])
  })

  test.each(['007', '1e3', 'null', '0x1f', 'true', '.5', '1.10'])('the zone %s is called what is written', zone => {
    const own = { zones: new Set([zone]), edges: new Map<string, string>() }
    expect(readCanaryMap(`${zone}: 192.0.2.9\n`, own)).toEqual({
      canaries: [{ zone, address: '192.0.2.9' }],
      faults: [],
    })
  })
})
