import { expect, test } from 'vitest'
import { renderNamedConf } from '../../../../functions/core/zone/named-conf.ts'
import { checkNamedConf } from '../../../../functions/core/zone/named-conf-check.ts'
import { namedConfTemplate } from '../../../helpers/zones.ts'

test('has a clause for every zone, sorted, each once', () => {
  const text = renderNamedConf(namedConfTemplate, 'mynet', ['b.org', 'a.org', 'b.org'])
  expect(text.split('\n').filter(line => line.startsWith('zone'))).toEqual([
    'zone "a.org" { type master; file "zones/mynet/a.org.zone"; };',
    'zone "b.org" { type master; file "zones/mynet/b.org.zone"; };',
  ])
})

test('without a zone there is no clause', () => {
  expect(renderNamedConf(namedConfTemplate, 'mynet', [])).not.toContain('zone "')
})

test('options are in every clause, on lines of their own', () => {
  const text = renderNamedConf(namedConfTemplate, 'n', ['a.org'], ' notify no; // quiet ')
  expect(text).toContain('"zones/n/a.org.zone";\n  notify no; // quiet\n };')
  expect(checkNamedConf(text, 'n', ['a.org'])).toBeNull()
})
