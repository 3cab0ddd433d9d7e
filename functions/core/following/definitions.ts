import { canonicalAddress } from '../zone/addresses.ts'
import { readStatements, type Statement } from '../zone/named-conf-syntax.ts'

const builtInLists = new Set(['any', 'none', 'localhost', 'localnets'])
const builtInPolicies = new Set(['default', 'insecure', 'none'])
const addressLists = ['allow-query', 'allow-query-on', 'allow-transfer', 'allow-update']
const serverLists = ['also-notify', 'parental-agents']
const key = '{ algorithm hmac-sha256; secret "AAAAAAAAAAAAAAAAAAAAAA=="; }'

/**
 * Stand-ins for what options refer to and what the name server's own configuration defines: lists of addresses and of
 * servers, keys, TLS, policies for DNSSEC. With them, clauses can be judged by `named-checkconf` on their own.
 */
export function definitionsFor(options: readonly string[]): string {
  const found = new Set<string>()
  for (const text of new Set(options)) {
    const statements = readStatements(text)
    if (!('message' in statements)) for (const statement of statements) collect(statement, found)
  }
  return [...found].map(line => `${line}\n`).join('')
}

function collect({ words, block }: Statement, found: Set<string>): void {
  const [option = '', value = ''] = words
  if (option === 'dnssec-policy' && !builtInPolicies.has(value)) found.add(`dnssec-policy "${value}" { };`)
  for (const inner of block ?? []) {
    if (addressLists.includes(option)) collectAddresses(inner, found)
    if (serverLists.includes(option)) collectServers(inner, option, found)
  }
  collectTransport(words, found)
}

/** What is in a list of addresses: addresses, networks, names of lists, keys, and lists in braces. */
function collectAddresses({ words, block }: Statement, found: Set<string>): void {
  const [first = '', second = ''] = words.filter(word => word !== '!').map(word => word.replace(/^!/, ''))
  for (const inner of block ?? []) collectAddresses(inner, found)
  if (first === 'key') found.add(`key "${second}" ${key};`)
  else if (first !== '' && !builtInLists.has(first) && !isAddress(first)) found.add(`acl "${first}" { none; };`)
}

/** What is in a list of servers: addresses, or names of lists, each with a key or TLS. */
function collectServers({ words }: Statement, option: string, found: Set<string>): void {
  const [first = ''] = words
  const list = option === 'also-notify' ? 'primaries' : option
  if (!isAddress(first)) found.add(`${list} "${first}" { 192.0.2.1; };`)
  const at = words.indexOf('key')
  if (at > 0) found.add(`key "${words[at + 1] ?? ''}" ${key};`)
  collectTransport(words, found)
}

function collectTransport(words: readonly string[], found: Set<string>): void {
  const at = words.indexOf('tls')
  const name = words[at + 1]
  if (at > 0 && name !== undefined && name !== 'ephemeral' && name !== 'none') found.add(`tls "${name}" { };`)
}

function isAddress(word: string): boolean {
  const [address = ''] = word.split('/')
  return canonicalAddress(address) !== null || /^[\d.]+$/.test(address)
}
