import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Package {
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  /** It comes in the archive of another package, whose hash covers it. */
  readonly inBundle?: boolean
}

test('the lock file knows the hash of every package, and no address of any', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, Package>
  }
  const all = Object.entries(packages).filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle)
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
  expect(all.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})
