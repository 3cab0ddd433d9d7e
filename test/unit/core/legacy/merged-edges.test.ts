import { expect, test } from 'vitest'
import { mergeEdges } from '../../../../functions/core/legacy/merged-edges.ts'

test.each([
  ['nothing to add', 'a\n', '# x\n\n', 'a\n', []],
  [
    'edges that are there, however they are written',
    'A.example\n2001:db8::1',
    'a.example.\n2001:DB8:0::1\n',
    'A.example\n2001:db8::1',
    [],
  ],
  ['others, each once', 'a', ' b \n#c\nb\n', 'a\n# From extra_edgelist_dir:\nb\n', ['b']],
  ['to an empty list', '', 'b\n', '# From extra_edgelist_dir:\nb\n', ['b']],
])('an extra edge list: %s', (_words, list, extra, text, added) => {
  expect(mergeEdges(list, extra)).toEqual({ text, added })
})
