import { zonesInClauses } from '../../functions/core/following/clauses.ts'
import { readStatements } from '../../functions/core/zone/named-conf-syntax.ts'
import type { AskServer } from '../../functions/cycle/ports/following.ts'

/** A name server that behaves as BIND does, over files that a test has. */
export interface ModelServer {
  readonly ask: AskServer
  /** The texts that it has loaded, by zone. */
  readonly loaded: ReadonlyMap<string, string>
  readonly refuse: (isRefusing: boolean) => void
}

/** `clauses`: what its configuration includes, as it is at that moment; `readFile`: reads what a clause names. */
export function modelServer(clauses: () => Promise<string>, readFile: (path: string) => string): ModelServer {
  const loaded = new Map<string, string>()
  let isRefusing = false
  const fileOf = async (zone: string) => {
    const statements = readStatements(await clauses())
    if ('message' in statements) throw new Error(statements.message)
    const clause = statements.find(({ words }) => words[1] === zone)
    return String(clause?.block?.find(({ words }) => words[0] === 'file')?.words[1])
  }
  const load = async (zone: string) => void loaded.set(zone, readFile(await fileOf(zone)))
  const ask: AskServer = async ([word, zone]) => {
    if (isRefusing) return 'connection refused'
    const named = zonesInClauses(await clauses()) ?? []
    if (word === 'reconfig') {
      for (const one of [...loaded.keys()]) if (!named.includes(one)) loaded.delete(one)
      // What is loaded already stays as it is.
      for (const one of named) if (!loaded.has(one)) await load(one)
      return null
    }
    if (zone !== undefined && !loaded.has(zone)) return `zone ${zone} not found`
    for (const one of zone === undefined ? named : [zone]) await load(one)
    return null
  }
  return {
    ask,
    loaded,
    refuse: is => {
      isRefusing = is
    },
  }
}
