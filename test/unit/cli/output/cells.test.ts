import { expect, test } from 'vitest'
import { csvCell, flatCell } from '../../../../functions/cli/output/cells.ts'

const hostile = 'a\t"b",\r\nc\x1b[2J\x9b\u202e'

test.each([
  ['csv', csvCell, '"a\t""b"", c\\u001b[2J\\u009b\\u202e"'],
  ['flat', flatCell, 'a "b", c\\u001b[2J\\u009b\\u202e'],
])('a cell of %s is one cell in one line, whatever it holds', (_format, cell, expected) => {
  expect(cell(hostile)).toBe(expected)
  expect(cell('plain text')).toBe('plain text')
})
