import { expect, test } from 'vitest'
import { maxManifestBytes, maxZoneBytes } from '../../../../functions/core/following/sizes.ts'

test('a manifest of 10,000 zones and a zone of a million records find room', () => {
  expect(maxManifestBytes).toBeGreaterThan(10_000 * 600)
  expect(maxZoneBytes).toBeGreaterThan(1_000_000 * 50)
})
