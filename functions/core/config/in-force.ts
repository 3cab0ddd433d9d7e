import type { BundleName, Desired } from './pointer.ts'

/** A configuration that a cycle may use, and why it comes in question. */
export interface Candidate {
  readonly hash: string
  /** `desired`: the pointer names it; `before`: it was in force before; `deployed`: the stack, or a folder, brings it. */
  readonly why: 'desired' | 'before' | 'deployed'
}

/** What speaks for which configuration (behaviour §11.4, §11.5). */
export interface InForce {
  /** The first that can be used is in force. Empty: nothing ever was. */
  readonly candidates: readonly Candidate[]
  /** The pointer was pushed over a configuration that is deployed no more: it is to be marked, and never holds again. */
  readonly setsAside: boolean
  /** The deployed configuration is another than the one of the cycle before. */
  readonly isNewDeploy: boolean
  /** What is wrong with the pointer itself; null where nothing is. */
  readonly fault: string | null
}

/**
 * Which configuration is in force, the best first. `deployed`: the hash of the bundle that the stack brought; null where
 * there is none (one machine).
 */
export function inForce({ pointer, taken }: Desired, deployed: string | null): InForce {
  const known = taken === 'unreadable' ? null : taken
  const isNewDeploy = deployed !== null && deployed !== (known?.deployed ?? null)
  const fault = pointer === 'unreadable' ? 'the pointer to the configuration in force cannot be read' : null
  const before = known === null || isNewDeploy ? null : known.hash
  if (pointer === null || pointer === 'unreadable') {
    const kept = pointer === 'unreadable' ? before : deployed === null ? before : null
    return { candidates: listed(null, kept, deployed), setsAside: false, isNewDeploy, fault }
  }
  const isOver = pointer.aside !== null
  const holds = !isOver && (deployed === null || pointer.base === null || pointer.base === deployed)
  const candidates = holds
    ? listed(pointer.hash, before ?? pointer.previous?.hash ?? null, deployed)
    : listed(null, null, deployed)
  return { candidates, setsAside: !holds && !isOver, isNewDeploy, fault }
}

function listed(desired: BundleName | null, before: BundleName | null, deployed: BundleName | null): Candidate[] {
  const all = [
    { hash: desired, why: 'desired' as const },
    { hash: before, why: 'before' as const },
    { hash: deployed, why: 'deployed' as const },
  ]
  const seen = new Set<string>()
  return all.flatMap(({ hash, why }) => (hash === null || seen.size === seen.add(hash).size ? [] : [{ hash, why }]))
}
