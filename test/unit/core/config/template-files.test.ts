import { expect, test } from 'vitest'
import { loadConfiguration } from '../../../../functions/core/config/configuration.ts'
import { formatProblem } from '../../../../functions/core/config/problem.ts'
import { templateFileProblems } from '../../../../functions/core/config/template-files.ts'
import { namedConfTemplate, zoneTemplate } from '../../../helpers/zones.ts'

const right: Readonly<Record<string, string | Uint8Array>> = {
  'zone.hbs': zoneTemplate,
  'named.conf.hbs': namedConfTemplate,
}
const folderOf = (files: Readonly<Record<string, string | Uint8Array | null>>) => ({
  list: () => null,
  read: (path: string) => {
    const found = files[path] ?? null
    return typeof found === 'string' ? new TextEncoder().encode(found) : found
  },
})
const told = (changes: Readonly<Record<string, string | Uint8Array | null>>) =>
  templateFileProblems(folderOf({ ...right, ...changes })).map(formatProblem)

test.each([
  ['nothing wrong', {}, []],
  [
    'empty',
    { 'zone.hbs': '' },
    ['templates/zone.hbs:1:1: error: a zone that is made with it does not load: example.org has no SOA record'],
  ],
  [
    'missing',
    { 'zone.hbs': null, 'named.conf.hbs': null },
    ['templates/zone.hbs:1:1: error: is missing', 'templates/named.conf.hbs:1:1: error: is missing'],
  ],
  ['no text', { 'named.conf.hbs': Uint8Array.of(0xff) }, ['templates/named.conf.hbs:1:1: error: is not UTF-8 text']],
  [
    'a byte order mark',
    { 'named.conf.hbs': `\ufeff${namedConfTemplate}` },
    ['templates/named.conf.hbs:1:1: error: begins with a byte order mark, which name servers do not take'],
  ],
])('%s', (_what, changes, problems) => {
  expect(told(changes)).toEqual(problems)
})

test('one that cannot be read says why', () => {
  const read = () => {
    throw new Error('EACCES')
  }
  expect(templateFileProblems({ list: () => null, read })[0]?.message).toBe('cannot be read: EACCES')
})

test('they stop every network', () => {
  const source = { list: () => null, read: () => null }
  const load = (zone: string) =>
    loadConfiguration(source, { absolutePaths: 'error', templates: folderOf({ ...right, 'zone.hbs': zone }) }).problems
  expect(load('').find(({ file }) => file === 'templates/zone.hbs')).toMatchObject({
    severity: 'error',
    network: null,
    scope: 'settings',
  })
  expect(load(zoneTemplate).filter(({ file }) => file.startsWith('templates/'))).toEqual([])
})
