import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderClauses } from '../../../../functions/core/following/clauses.ts'
import { definitionsFor } from '../../../../functions/core/following/definitions.ts'
import { toolOr } from '../../../helpers/debian.ts'

const checkconf = toolOr('named-checkconf')

const options = [
  '',
  'notify no;',
  'allow-transfer { any; };',
  'allow-transfer { 192.0.2.0/24; 2001:db8::/32; 10/8; ! localhost; !none; };',
  'allow-transfer { key transfer; secondaries; };',
  'allow-query { { inner; 192.0.2.1; }; ! key "other"; };',
  'also-notify { 192.0.2.1 port 54 key k1; servers; };',
  'parental-agents { parents; 192.0.2.1; };',
  'dnssec-policy mine; inline-signing yes;',
  'dnssec-policy default; inline-signing yes;',
  'also-notify { 192.0.2.1 tls secure; 192.0.2.2 tls ephemeral; };',
  'allow-transfer port 853 transport tls { any; };',
]

test.skipIf(checkconf === null).each(options)('with stand-ins, named-checkconf takes %j', text => {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-definitions-'))
  try {
    const file = join(folder, 'x.conf')
    const clauses = ['a.example', 'b.example'].map(zone => ({ zone, file: `/nowhere/${zone}`, options: text }))
    const head = 'options { key-directory "/nowhere"; };\n'
    writeFileSync(file, head + definitionsFor([text, text]) + renderClauses(clauses))
    expect(execFileSync(checkconf ?? '', [file], { encoding: 'utf8' })).not.toMatch(/undefined|unable|not found/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('each is there once, and what cannot be read needs none', () => {
  const text = definitionsFor(['allow-transfer { key t; };', 'allow-query { key t; };', '};'])
  expect(text.match(/key "t"/g)).toHaveLength(1)
  expect(
    definitionsFor(['dnssec-policy;', 'allow-transfer { key; };', 'also-notify { 192.0.2.1 key; x tls; };']),
  ).toContain('key ""')
})
