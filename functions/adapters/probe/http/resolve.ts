import { ownFaultWords } from '../../../core/domain/own-fault.ts'
import { addressType, sortAddresses } from '../../../core/zone/addresses.ts'
import type { Answer, LookUp } from '../dns/names.ts'

/** The address to probe; or why there is none, and a few words for the operator. `ownFault`: the prober's, as a code (§1.5). */
export type Resolved =
  | { readonly address: string }
  | { readonly outcome: 'dns_error' | 'timeout'; readonly detail: string }
  | { readonly outcome: 'skipped'; readonly detail: string; readonly ownFault: string }

export interface Resolving {
  /** Never rejects; stays open where `cancel` comes first. */
  readonly result: Promise<Resolved>
  /** Wants no result any more. To be called in the end, any number of times. */
  readonly cancel: () => void
}

/**
 * The address of a host name (behaviour §1.3): `preferred` while it is among the answers, otherwise the lowest, IPv4
 * before IPv6. The two families are asked at once. Where only one has answered and the other might still decide, it is
 * waited for during half of the time that is left (`leftMs`), so that one silent query does not cost the probe.
 */
export function startResolving(
  name: string,
  preferred: string | null,
  leftMs: () => number,
  lookUp: LookUp,
): Resolving {
  const { answers, cancel } = lookUp(name)
  let timer: NodeJS.Timeout | undefined
  const result = new Promise<Resolved>(resolve => {
    const found: Answer[] = []
    const take = (answer: Answer) => {
      found.push(answer)
      const best = bestOf(found, preferred)
      if (found.length === 2) resolve(best === null ? failureOf(found) : { address: best })
      else if (best !== null && isDecided(best, preferred)) resolve({ address: best })
      else if (best !== null) timer = setTimeout(() => resolve({ address: best }), leftMs() / 2)
    }
    void answers.A.then(take)
    void answers.AAAA.then(take)
  })
  return {
    result,
    cancel: () => {
      clearTimeout(timer)
      cancel()
    },
  }
}

function bestOf(answers: readonly Answer[], preferred: string | null): string | null {
  const addresses = answers.flatMap(answer => answer.addresses)
  if (preferred !== null && addresses.includes(preferred)) return preferred
  return sortAddresses(addresses)[0] ?? null
}

/** Whether the other family's answer could change nothing. */
function isDecided(best: string, preferred: string | null): boolean {
  if (best === preferred) return true
  return addressType(best) === 'A' && (preferred === null || addressType(preferred) === 'A')
}

/** Errors that only say that the name has no such records. */
const noSuchRecords = new Set(['ENODATA', 'ENOTFOUND'])

/** This many addresses are told. */
const maxTold = 3

/** What it means that neither family has an address. */
function failureOf(answers: readonly Answer[]): Resolved {
  const errors = answers.flatMap(({ error }) => error ?? [])
  const own = errors.find(error => ownFaultWords(error) !== null)
  if (own !== undefined) {
    return { outcome: 'skipped', detail: `the prober could not ask a name server (${own})`, ownFault: own }
  }
  const leftOut = answers.flatMap(answer => answer.leftOut)
  if (leftOut.length > 0) {
    const told = [...leftOut.slice(0, maxTold), ...(leftOut.length > maxTold ? ['…'] : [])].join(', ')
    return { outcome: 'dns_error', detail: `the name resolves only to what no client can reach (${told})` }
  }
  if (errors.includes('ETIMEOUT')) return { outcome: 'timeout', detail: 'no name server answered' }
  const telling = errors.find(error => !noSuchRecords.has(error)) ?? errors[0] ?? 'no address'
  return { outcome: 'dns_error', detail: `the name does not resolve (${telling})` }
}
