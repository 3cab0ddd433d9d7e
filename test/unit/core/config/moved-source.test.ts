import { expect, test } from 'vitest'
import { movedSource } from '../../../../functions/core/config/moved-source.ts'

const files = new Map([
  ['zones/a/x.zone', 'x'],
  ['zones/a/y.zone', 'y'],
])
const source = {
  list: (folder: string) => {
    const names = [...files.keys()].filter(path => path.startsWith(`${folder}/`))
    return names.length === 0
      ? null
      : [...new Set(names.map(path => String(path.slice(folder.length + 1).split('/')[0])))]
  },
  read: (path: string) => (files.has(path) ? Buffer.from(String(files.get(path))) : null),
}
const move = { from: 'zones/a/x.zone', to: 'zones/b/x.zone' }
const moved = movedSource(source, move)

test('a file that is to be moved is where it will be, and nothing else differs', () => {
  expect(moved.list('zones/a')).toEqual(['y.zone'])
  expect(moved.list('zones/b')).toEqual(['x.zone'])
  expect(moved.list('zones')).toEqual(['a', 'b'])
  expect(moved.list('edges')).toBeNull()
  expect(moved.read('zones/a/x.zone')).toBeNull()
  expect(String(moved.read('zones/b/x.zone'))).toBe('x')
  expect(String(moved.read('zones/a/y.zone'))).toBe('y')
  expect(moved.outside).toBeUndefined()
})

test('what leads out of the folder does so from there too', () => {
  const leading = movedSource({ ...source, outside: path => (path === 'zones/a/x.zone' ? '/etc/x' : null) }, move)
  expect([leading.outside?.('zones/b/x.zone'), leading.outside?.('zones/a/y.zone')]).toEqual(['/etc/x', null])
})
