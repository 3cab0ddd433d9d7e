import { expect, test } from 'vitest'
import type { OwnedRecord } from '../../../../functions/core/zone/draft-zone.ts'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { runsOf } from '../../../../functions/core/zone/owner-runs.ts'
import { readRecords } from '../../../../functions/core/zone/records.ts'

const runs = (text: string, before: string | null) => {
  const { records } = readRecords(scanMasterFile(text), 'example.org.', 300)
  return runsOf(records as readonly OwnedRecord[], before)
}

test.each([
  ['m TXT a\nm TXT b\n TXT c\nn TXT d\nm TXT e\n', null, [1, 1, 1, 2, 3]],
  ['@ TXT a\nm TXT b\n', 'example.org.', [0, 1]],
  ['m.example.org. TXT a\nm TXT b\n', null, [1, 1]],
  ['m TXT a\nM TXT b\n', null, [1, 2]],
  ['s NS ns.s\nns.s A 192.0.2.1\n AAAA ::1\ns NS b.s\nb.s A 192.0.2.1\ns TXT a\n', null, [1, -1, -1, 1, -2, 1]],
  ['s NS a.s\n NS b.s\na.s A 192.0.2.1\nb.s A 192.0.2.1\ns TXT a\nx TXT a\na.s TXT b\n', null, [1, 1, -1, -2, 1, 2, 3]],
  ['s NS a..b\na TXT b\n', null, [1, 2]],
])('%j', (text, before, expected) => {
  expect(runs(text, before)).toEqual(expected)
})
