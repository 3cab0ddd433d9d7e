import { expect, test } from 'vitest'
import { readVersion } from '../../../../functions/app/package-files.ts'
import { productVersion } from '../../../../functions/core/domain/version.ts'

test('the version is that of the package', () => expect(productVersion).toBe(readVersion()))
