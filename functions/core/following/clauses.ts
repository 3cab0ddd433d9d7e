import { byName } from '../domain/model.ts'
import { optionLines } from '../zone/named-conf.ts'
import { readStatements } from '../zone/named-conf-syntax.ts'

/** A zone as a clause has it. */
export interface Clause {
  readonly zone: string
  /** The absolute path of its file; without quotes and backslashes. */
  readonly file: string
  /** As in `dns.zone_options`. */
  readonly options: string
}

/** The text of `edgemanage.conf`: a clause for each zone, sorted by name. */
export function renderClauses(clauses: readonly Clause[]): string {
  const lines = [...clauses]
    .sort((a, b) => byName(a.zone, b.zone))
    .map(({ zone, file, options }) => `zone "${zone}" { type master; file "${file}";${optionLines(options)} };\n`)
  return `// Written by edgemanage follow: changes made here are lost.\n${lines.join('')}`
}

/** The zones that a text of clauses names; null where there is no text, or none that can be read. */
export function zonesInClauses(text: string | null): readonly string[] | null {
  const statements = text === null ? null : readStatements(text)
  if (statements === null || 'message' in statements) return null
  return statements.flatMap(({ words }) => (words[0] === 'zone' && words[1] !== undefined ? [words[1]] : []))
}
