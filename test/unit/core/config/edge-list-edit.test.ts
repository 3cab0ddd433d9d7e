import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEdgeList } from '../../../../functions/core/config/edge-list.ts'
import { edgeFaults, editEdgeList } from '../../../../functions/core/config/edge-list-edit.ts'
import { canonicalEdge } from '../../../../functions/core/config/edge-name.ts'

describe('an edge list is edited', () => {
  test.each([
    ['a new one', null, ['b', 'a'], 'b\na\n'],
    ['the same edges, however written', '# x\nA.example # one\n2001:DB8::1\n', ['2001:db8:0::1', 'a.example'], null],
    ['edges that go take their comments along', '# x\na # one\nb\n\nc', ['a', 'c'], '# x\na # one\n\nc'],
    ['new ones come last', '# x\na\n# end', ['a', 'd', 'c'], '# x\na\n# end\nd\nc\n'],
    ['twice is once', 'a\na\n', ['a'], 'a\n'],
    ['line ends stay', 'a\r\nb\r\n', ['b'], 'b\r\n'],
  ])('%s', (_words, old, edges, expected) => expect(editEdgeList(old, edges)).toBe(expected ?? old))

  test('it then holds these edges and no others, and every comment line', () => {
    const name = fc.constantFrom('a', 'b', 'C', 'd.example', '192.0.2.1', '2001:db8::1')
    const line = fc.oneof(name, fc.constantFrom('# note', '', '  ', '  # in', 'a # why', 'e'))
    fc.assert(
      fc.property(fc.array(line), fc.uniqueArray(name, { minLength: 1 }), (lines, edges) => {
        const edited = editEdgeList(lines.join('\n'), edges)
        expect(
          readEdgeList(edited)
            .edges.map(edge => edge.name)
            .sort(),
        ).toEqual(edges.map(canonicalEdge).sort())
        const notes = (text: readonly string[]) => text.filter(one => /^\s*#/.test(one))
        expect(notes(edited.split('\n'))).toEqual(notes(lines))
      }),
    )
  })
})

test.each([
  [['a', '192.0.2.1'], []],
  [[], ['there is no edge in the list: nothing could ever be published']],
  [['a', 'A'], ['A is already listed in line 1, as a']],
  [
    ['a b', '0.0.0.0'],
    ["one edge per line: 'a b'", 'clients cannot reach 0.0.0.0 (unspecified)'],
  ],
  [
    ['a\nb', '', '#c'],
    ['"a\\nb" is not an edge', '"" is not an edge', '"#c" is not an edge'],
  ],
])('what is wrong with %j', (edges, expected) => expect(edgeFaults(edges)).toEqual(expected))
