import { expect, test } from 'vitest'
import { retiredKeys } from '../../../functions/core/config/retired.ts'
import { settingsSchema } from '../../../functions/core/config/settings-schema.ts'

test('no retired key is a setting, and each says what took its place', () => {
  expect(Object.keys(retiredKeys).filter(key => key in settingsSchema.shape)).toEqual([])
  expect(Object.values(retiredKeys).every(instead => instead.length > 10)).toBe(true)
})
