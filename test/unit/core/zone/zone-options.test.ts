import { expect, test } from 'vitest'
import { readStatements, type Statement } from '../../../../functions/core/zone/named-conf-syntax.ts'
import { checkZoneOptions, optionFault } from '../../../../functions/core/zone/zone-options.ts'

const faultOf = (text: string) => optionFault((readStatements(text) as readonly Statement[])[0] as Statement)

test.each([
  'type master;',
  'type PRIMARY;',
  'file "x";',
  'allow-query { any; };',
  'also-notify port 53 { 192.0.2.1; };',
  'notify explicit;',
  'check-names warn;',
  'max-records 5;',
  'inline-signing yes;',
  'update-policy local;',
  'update-policy { grant x zonesub any; };',
  'sig-validity-interval 30 7;',
])('%s', text => {
  expect(faultOf(text)).toBeNull()
})

test.each([
  ['tpye master;', "'tpye' is not a zone option"],
  ['{ };', "'' is not a zone option"],
  ['type slave;', "'slave' is not a value of 'type'"],
  ['type master file;', "'master file' is not a value of 'type'"],
  ['type;', "'type' lacks its value"],
  ['file { };', "'file' has no block"],
  ['allow-query any;', "'allow-query' lacks its block"],
  ['update-policy;', "'update-policy' lacks its block"],
  ['max-records many;', "'many' is not a value of 'max-records'"],
  ['inline-signing maybe;', "'maybe' is not a value of 'inline-signing'"],
])('%s', (text, fault) => {
  expect(faultOf(text)).toBe(fault)
})

test.each([
  ['', null],
  ['notify explicit; also-notify { 192.0.2.1; };', null],
  ['allow-transfer { key transfer; }; // secondaries', null],
  ['notify explicit', 'the last statement lacks its semicolon'],
  ['}; zone "x" {', 'no brace is open here'],
  ['file "x";', "'file' cannot be set here"],
  ['notify yes; notify no;', "'notify' is set twice"],
  ['notfy yes;', "'notfy' is not a zone option"],
  ['{ };', "'' is not a zone option"],
])('options %s: %s', (text, fault) => {
  expect(checkZoneOptions(text)).toBe(fault)
})
