import type { Network } from './network.ts'
import type { Problem } from './problem.ts'

/** A configuration folder, read and checked. */
export interface Configuration {
  /** Those that can run a cycle, by name; those with errors that stop one are missing. */
  readonly networks: readonly Network[]
  /** Everything that is wrong, by file and place. */
  readonly problems: readonly Problem[]
}

/** What a network may be called (contract, "Folders"). */
export const networkName = /^[a-z0-9][a-z0-9_-]{0,39}$/

/** The errors that stop a cycle of this network (behaviour §11.7): settings and edges, but no canary's or zone's fault. */
export function blockersOf({ problems }: Configuration, network: string): readonly Problem[] {
  return problems.filter(one => isStopping(one) && (one.network === null || one.network === network))
}

/** Everything that concerns a network: what is said of all, and of it. */
export function problemsFor({ problems }: Configuration, network: string): readonly Problem[] {
  return problems.filter(problem => problem.network === null || problem.network === network)
}

/** Whether a problem stops cycles: a canary or an include that is faulty harms itself alone (contract, "Settings"). */
export function isStopping({ severity, scope }: Problem): boolean {
  return severity === 'error' && (scope === 'settings' || scope === 'edges')
}

/** That a folder without other errors has no network at all, as an error: most likely its path is a wrong one. */
export function withoutNetwork({ networks, problems }: Configuration): Problem[] {
  if (networks.length > 0 || problems.some(isStopping)) return []
  const message = 'there is no network: put an edge list into this folder'
  return [{ severity: 'error', file: 'edges', line: 1, column: 1, message, network: null, scope: 'edges' }]
}

/** Why a network that is asked for cannot be read from a folder that does not have it. */
export function missing(network: string): Problem {
  const message = `there is no edge list of ${network}`
  return { severity: 'error', file: `edges/${network}`, line: 1, column: 1, message, network, scope: 'edges' }
}
