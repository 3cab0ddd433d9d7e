import type { Desired } from './pointer.ts'

/** A configuration that a cycle may use, and why it comes in question. */
export interface Candidate {
  readonly hash: string
  /**
   * `desired`: the pointer names it; `before`: the last cycle used it; `previous`: it was in force when the pointer was moved;
   * `deployed`: the stack brings it.
   */
  readonly why: 'desired' | 'before' | 'previous' | 'deployed'
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
  const before: Candidate[] = known === null || isNewDeploy ? [] : [{ hash: known.hash, why: 'before' }]
  const last: Candidate[] = deployed === null ? [] : [{ hash: deployed, why: 'deployed' }]
  if (pointer === null || pointer === 'unreadable') {
    const kept = pointer === 'unreadable' || deployed === null ? before : []
    return { candidates: distinct([...kept, ...last]), setsAside: false, isNewDeploy, fault }
  }
  const isOver = pointer.aside !== null
  // Pushed before anybody knew what is deployed: over what the first cycle found.
  const holds = !isOver && (deployed === null || deployed === (pointer.base ?? known?.deployed ?? deployed))
  // What the last cycle used is the pointer's own, or what it was moved over, or older: there may have been no cycle between.
  const moved: Candidate[] = pointer.previous === null ? [] : [{ hash: pointer.previous.hash, why: 'previous' }]
  const candidates = holds ? [{ hash: pointer.hash, why: 'desired' as const }, ...moved, ...before, ...last] : last
  return { candidates: distinct(candidates), setsAside: !holds && !isOver, isNewDeploy, fault }
}

/** Each once, where it comes first. */
function distinct(all: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return all.filter(({ hash }) => seen.size !== seen.add(hash).size)
}
