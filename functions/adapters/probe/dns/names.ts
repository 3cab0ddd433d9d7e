import { canonicalEdge } from '../../../core/config/edge-name.ts'
import { addressFault, addressType, canonicalAddress } from '../../../core/zone/addresses.ts'
import { createDnsClient, type DnsSession } from './dns-client.ts'
import { hostsReader, systemHostsFile } from './hosts-file.ts'
import type { DnsAnswer, RecordType } from './message.ts'
import { readResolvConf } from './resolv-conf.ts'

/** What is known of a name in one family. */
export interface Answer {
  /** Canonical; only those that a client can reach (behaviour §1.3). */
  readonly addresses: readonly string[]
  /** What was answered, but is left out: no client can reach it. */
  readonly leftOut: readonly string[]
  /** Why there is no answer: the code of the DNS client's error, or of a system error; null where there is one. */
  readonly error: string | null
}

export interface Lookup {
  /** One answer per family; neither ever rejects, both stay open where `cancel` comes first. */
  readonly answers: Readonly<Record<RecordType, Promise<Answer>>>
  /** Wants no answers any more. To be called at the end of every look-up, any number of times. */
  readonly cancel: () => void
}

/** Looks up a host name. Never throws. */
export type LookUp = (name: string) => Lookup

/** Left out: the machine's own. `servers` as `address` or `address:port`. */
export interface NamesOptions {
  readonly hostsFile?: string
  readonly resolvConf?: string
  readonly servers?: readonly string[]
}

/**
 * Looks up names as behaviour §1.3 asks: the hosts file first, then DNS, each name as it stands. Search domains apply to
 * names without any dot alone. Nothing uses the thread pool, so names that hang hold up neither other names nor other
 * look-ups of the process.
 */
export function createLookUp(options: NamesOptions = {}): LookUp {
  const { hostsFile = systemHostsFile(), resolvConf = '/etc/resolv.conf', servers } = options
  const readHosts = hostsReader(hostsFile)
  const openSession = createDnsClient(() => servers ?? readResolvConf(resolvConf).servers)
  return name => {
    const canonical = canonicalEdge(name)
    try {
      const known = readHosts().get(canonical) ?? reserved(canonical)
      if (known !== null) return { answers: bothOf(known), cancel: () => {} }
      const { ask, release } = openSession()
      const domains = name.includes('.') ? [] : readResolvConf(resolvConf).searchDomains
      const candidates = domains.map(domain => canonicalEdge(`${canonical}.${domain}`))
      return { answers: firstFound([...candidates, canonical], ask), cancel: release }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      const failed = Promise.resolve(answerOf({ error: code ?? message }))
      return { answers: { A: failed, AAAA: failed }, cancel: () => {} }
    }
  }
}

/** The look-up of this machine's names, for everything that the process asks. */
export const lookUp: LookUp = createLookUp()

/** The addresses of names that never leave the machine (RFC 6761 §6.3); null for all others. */
function reserved(name: string): readonly string[] | null {
  return name === 'localhost' || name.endsWith('.localhost') ? ['127.0.0.1', '::1'] : null
}

function bothOf(addresses: readonly string[]): Lookup['answers'] {
  const of = (type: RecordType) =>
    Promise.resolve(answerOf({ addresses: addresses.filter(address => addressType(address) === type) }))
  return { A: of('A'), AAAA: of('AAAA') }
}

/** The answers about the first of these names that has any address, else about the last. */
function firstFound(names: readonly string[], ask: DnsSession['ask']): Lookup['answers'] {
  const [first = '', ...others] = names
  const answers = { A: asked(first, 'A', ask), AAAA: asked(first, 'AAAA', ask) }
  if (others.length === 0) return answers
  const chosen = Promise.all([answers.A, answers.AAAA]).then(both =>
    both.some(({ addresses, leftOut }) => addresses.length + leftOut.length > 0) ? answers : firstFound(others, ask),
  )
  return { A: chosen.then(({ A }) => A), AAAA: chosen.then(({ AAAA }) => AAAA) }
}

async function asked(name: string, type: RecordType, ask: DnsSession['ask']): Promise<Answer> {
  return answerOf(await ask(name, type))
}

function answerOf(answer: DnsAnswer): Answer {
  if ('error' in answer) return { addresses: [], leftOut: [], error: answer.error }
  const addresses = new Set<string>()
  const leftOut: string[] = []
  for (const text of answer.addresses) {
    const address = canonicalAddress(text)
    if (address === null || addressFault(address) !== null) leftOut.push(address ?? text)
    else addresses.add(address)
  }
  return { addresses: [...addresses], leftOut, error: null }
}
