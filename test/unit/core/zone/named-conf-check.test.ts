import { expect, test } from 'vitest'
import { renderNamedConf } from '../../../../functions/core/zone/named-conf.ts'
import { checkNamedConf } from '../../../../functions/core/zone/named-conf-check.ts'
import { namedConfTemplate } from '../../../helpers/zones.ts'

const clause = 'zone "a.org" { type master; file "zones/n/a.org.zone"; };'
const otherFormat = "zones are published as text: 'masterfile-format' must be text"
const check = (text: string) => checkNamedConf(text, 'n', ['a.org'])

test('what is rendered is one', () => {
  const zones = ['a.org', '2.0.192.in-addr.arpa']
  expect(checkNamedConf(renderNamedConf(namedConfTemplate, 'n', zones), 'n', zones)).toBeNull()
  expect(checkNamedConf(renderNamedConf(namedConfTemplate, 'n', []), 'n', [])).toBeNull()
})

test.each([
  clause,
  `acl x { any; };\n${clause}`,
  `view "v" { match-clients { any; }; ${clause} };`,
  clause.replace('type', 'masterfile-format text; type'),
  `options { masterfile-format Text; };\n${clause}`,
  clause.replace('"a.org"', '"a.org" IN').replace('zones/n', '/var/lib/zones/n'),
])('%s', text => {
  expect(check(text)).toBeNull()
})

test.each([
  [`<<<<<<< HEAD;\n${clause}`, 1, "'<<<<<<<' is not a statement of named.conf"],
  [`${clause}\n{ };`, 2, "'{' is not a statement of named.conf"],
  [`${clause}\n${clause}`, 2, 'zone a.org has two clauses'],
  ['', 1, 'a zone (here a.org) gets no clause'],
  ['view v;', 1, 'a zone (here a.org) gets no clause'],
  [`${clause}\nzone;`, 2, 'zone undefined lacks its block'],
  [clause.replace('{', 'CH {'), 1, 'zone a.org: only its class (IN) may follow its name'],
  [clause.replace('{', 'IN x {'), 1, 'zone a.org: only its class (IN) may follow its name'],
  ['zone "a.org";', 1, 'zone a.org lacks its block'],
  [clause.replace('type', 'type master; type'), 1, "zone a.org has the option 'type' twice"],
  [clause.replace('type', 'tpye'), 1, "zone a.org: 'tpye' is not a zone option"],
  [clause.replace('type master;', ''), 1, 'zone a.org has no type'],
  [clause.replace('zones/n', 'zones/m'), 1, 'zone a.org must have the file "zones/n/a.org.zone"'],
  [clause.replace(/file.*zone";/, ''), 1, 'zone a.org must have the file "zones/n/a.org.zone"'],
  ['zone "a.org" {', 1, 'a brace is never closed'],
  [clause.replace('type', 'database "x"; type'), 1, "zone a.org is read from its file: 'database' cannot be set"],
  [clause.replace('type', 'dlz "x"; type'), 1, "zone a.org is read from its file: 'dlz' cannot be set"],
  [clause.replace('type', 'masterfile-format raw; type'), 1, otherFormat],
  [clause.replace('type', 'masterfile-format; type'), 1, otherFormat],
  [`${clause}\noptions {\n  masterfile-format raw;\n};`, 3, otherFormat],
  [`view "v" { masterfile-format RAW; ${clause} };`, 1, otherFormat],
])('%j', (text, line, message) => {
  expect(check(text)).toEqual({ line, message })
})
