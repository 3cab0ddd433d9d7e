import { expect, test } from 'vitest'
import { readSettingsFile } from '../../../../functions/core/config/settings-file.ts'
import { readTestObject } from '../../../../functions/core/config/test-object.ts'
import { settingsOf } from '../../../helpers/world.ts'

const settingsFile = readSettingsFile('', [])
const read = (local: string, bytes: () => Uint8Array | null, outside?: (path: string) => string | null) => {
  const settings = settingsOf()
  const own = { ...settings, testobject: { ...settings.testobject, local } }
  return readTestObject(
    'net',
    own,
    { list: () => null, read: bytes, ...(outside && { outside }) },
    { absolutePaths: 'warning', settingsFile },
  )
}

test('the test object is known by its hash and length', () => {
  const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
  const found = read('objects/o', () => new TextEncoder().encode('hello'))
  expect(found).toEqual({ object: { sha256, bytes: 5 }, problems: [] })
})

test.each([
  ['/etc/object', true],
  ['../object', true],
  ['objects/../../object', true],
  ['objects/..object', false],
])('%s leaves the folder: %s', (local, leaves) => {
  expect(read(local, () => Uint8Array.of(1)).problems).toHaveLength(leaves ? 1 : 0)
})

test.each<[string | null, string[]]>([
  [null, []],
  [
    '/etc/object',
    ['testobject.local: objects/o is a symbolic link to /etc/object, outside of the configuration folder'],
  ],
])('a link to %s leaves the folder: %j', (leadsTo, messages) => {
  const { problems } = read(
    'objects/o',
    () => Uint8Array.of(1),
    () => leadsTo,
  )
  expect(problems.map(({ message }) => message)).toEqual(messages)
})

test.each<[() => Uint8Array | null, string]>([
  [() => null, 'testobject.local: o is missing'],
  [() => new Uint8Array(), 'testobject.local: o is empty'],
  [
    () => {
      throw new Error('EIO')
    },
    'testobject.local: o cannot be read: EIO',
  ],
])('one that cannot be used is an error (%#)', (bytes, message) => {
  expect(read('o', bytes)).toMatchObject({ object: null, problems: [{ severity: 'error', message }] })
})
