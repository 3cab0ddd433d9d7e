import { readStatements, type Statement } from './named-conf-syntax.ts'

const switches = ['yes', 'no', 'true', 'false', '1', '0']
const severities = ['fail', 'warn', 'ignore']

const lists = 'allow-query allow-query-on allow-transfer allow-update also-notify forwarders parental-agents'.split(' ')
const booleans = (
  'check-integrity check-sibling check-wildcard dnssec-dnskey-kskonly dnssec-secure-to-insecure inline-signing ' +
  'ixfr-from-differences notify-to-soa update-check-ksk zero-no-soa-ttl'
).split(' ')
const numbers = (
  'dnskey-sig-validity dnssec-loadkeys-interval max-records max-records-per-type max-transfer-idle-out ' +
  'max-transfer-time-out max-types-per-name notify-delay sig-signing-nodes sig-signing-signatures sig-signing-type'
).split(' ')
const texts = (
  'alt-transfer-source alt-transfer-source-v6 database dlz dnssec-policy file journal key-directory max-ixfr-ratio ' +
  'max-journal-size max-zone-ttl notify-source notify-source-v6 parental-source parental-source-v6 sig-validity-interval'
).split(' ')
const choices: Readonly<Record<string, readonly string[]>> = {
  'auto-dnssec': ['allow', 'maintain', 'off'],
  'check-dup-records': severities,
  'check-mx': severities,
  'check-mx-cname': severities,
  'check-names': severities,
  'check-spf': ['warn', 'ignore'],
  'check-srv-cname': severities,
  dialup: ['notify', 'notify-passive', 'passive', 'refresh', ...switches],
  'dnssec-update-mode': ['maintain', 'no-resign'],
  forward: ['first', 'only'],
  'masterfile-format': ['raw', 'text'],
  'masterfile-style': ['full', 'relative'],
  notify: ['explicit', 'master-only', 'primary-only', ...switches],
  'serial-update-method': ['date', 'increment', 'unixtime'],
  type: ['master', 'primary'],
  'zone-statistics': ['full', 'terse', 'none', ...switches],
}

/** What a clause says anyway, or what would keep its file from being read as it is. */
const notToSet = ['type', 'file', 'masterfile-format', 'database', 'dlz']

/** Why this text cannot be `dns.zone_options` (behaviour §12.4): statements of a clause, none of them twice; null if it can. */
export function checkZoneOptions(text: string): string | null {
  const statements = readStatements(text)
  if ('message' in statements) return statements.message
  const keys = statements.map(({ words }) => words[0] ?? '')
  for (const [at, statement] of statements.entries()) {
    const [key = ''] = statement.words
    if (notToSet.includes(key)) return `'${key}' cannot be set here`
    if (keys.indexOf(key) < at) return `'${key}' is set twice`
    const fault = optionFault(statement)
    if (fault !== null) return fault
  }
  return null
}

/** What is wrong with a statement in the clause of a primary zone, as BIND 9.18 has them; null if nothing is. */
export function optionFault({ words, block }: Statement): string | null {
  const [option = '', ...values] = words
  if (option === 'update-policy')
    return block !== null || values.join() === 'local' ? null : `'${option}' lacks its block`
  if (lists.includes(option)) return block === null ? `'${option}' lacks its block` : null
  const allowed = booleans.includes(option) ? switches : choices[option]
  if (allowed === undefined && !numbers.includes(option) && !texts.includes(option))
    return `'${option}' is not a zone option`
  if (block !== null) return `'${option}' has no block`
  if (values.length === 0) return `'${option}' lacks its value`
  if (texts.includes(option)) return null
  const [value = '', surplus] = values
  const fits = allowed === undefined ? /^\d+$/.test(value) : allowed.includes(value.toLowerCase())
  return fits && surplus === undefined ? null : `'${values.join(' ')}' is not a value of '${option}'`
}
