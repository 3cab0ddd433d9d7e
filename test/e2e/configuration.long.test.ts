import { test } from 'vitest'
import { workplaceForEach } from '../helpers/at-work.ts'
import { saysLittleOf } from '../helpers/faulty-include.ts'

const { place } = workplaceForEach(['127.0.17.1', '127.0.17.2', '127.0.17.3'])

test('an include with 60,000 faults gives a small report, and validate lists them all', () =>
  saysLittleOf(place, 60_000))
