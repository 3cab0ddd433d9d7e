import { test } from 'vitest'
import { toolOr } from '../helpers/debian.ts'
import { agreesWithCheckzone } from '../helpers/random-records.ts'

const checkzone = toolOr('named-checkzone')

test.skipIf(checkzone === null)(
  'many records that are right or nearly: each verdict is that of named-checkzone',
  { timeout: 3_600_000 },
  () => {
    agreesWithCheckzone(24_000)
  },
)
