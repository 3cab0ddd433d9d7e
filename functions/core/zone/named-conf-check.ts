import { type ConfFault, readStatements, type Statement } from './named-conf-syntax.ts'
import { optionFault } from './zone-options.ts'

const topLevel = (
  'acl controls dlz dnssec-policy dyndb http include key logging managed-keys masters options parental-agents plugin ' +
  'primaries server statistics-channels tls trust-anchors trusted-keys view zone'
).split(' ')

/**
 * What is wrong with the rendered `named.conf` of a network that has these zones; null if nothing is: statements that
 * `named` knows, and for each zone one clause with the file that is published for it (contract, "What lands in the bucket").
 */
export function checkNamedConf(text: string, network: string, zones: readonly string[]): ConfFault | null {
  const statements = readStatements(text)
  if ('message' in statements) return statements
  const unread = withBlocks(statements).find(isOfOtherFormat)
  if (unread !== undefined) return { line: unread.line, message: otherFormat }
  const strange = statements.find(({ words }) => !topLevel.includes(words[0] ?? ''))
  if (strange !== undefined)
    return { line: strange.line, message: `'${strange.words[0] ?? '{'}' is not a statement of named.conf` }
  const clauses = statements.flatMap(zoneClauses)
  const names = clauses.map(({ words }) => words[1] ?? '')
  const twice = clauses.find((_, at) => names.indexOf(names[at] as string) < at)
  if (twice !== undefined) return { line: twice.line, message: `zone ${twice.words[1]} has two clauses` }
  const missing = zones.find(zone => !names.includes(zone))
  if (missing !== undefined) return { line: 1, message: `a zone (here ${missing}) gets no clause` }
  for (const clause of clauses) {
    const message = clauseFault(clause, network)
    if (message !== null) return { line: clause.line, message }
  }
  return null
}

const otherFormat = "zones are published as text: 'masterfile-format' must be text"

/** Whether a statement, of a clause or for all of them, keeps zones from being read as text. */
function isOfOtherFormat({ words: [option, value = ''] }: Statement): boolean {
  return option === 'masterfile-format' && value.toLowerCase() !== 'text'
}

function withBlocks(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap(statement => [statement, ...withBlocks(statement.block ?? [])])
}

function zoneClauses(statement: Statement): readonly Statement[] {
  if (statement.words[0] === 'view') return (statement.block ?? []).flatMap(zoneClauses)
  return statement.words[0] === 'zone' ? [statement] : []
}

function clauseFault({ words, block }: Statement, network: string): string | null {
  const [, zone, group = 'IN', surplus] = words
  if (surplus !== undefined || group.toUpperCase() !== 'IN')
    return `zone ${zone}: only its class (IN) may follow its name`
  if (block === null) return `zone ${zone} lacks its block`
  const keys = block.map(statement => statement.words[0])
  const twice = keys.find((key, at) => keys.indexOf(key) < at)
  if (twice !== undefined) return `zone ${zone} has the option '${twice}' twice`
  const fault = block.map(optionFault).find(message => message !== null)
  if (fault !== undefined) return `zone ${zone}: ${fault}`
  const source = keys.find(key => key === 'database' || key === 'dlz')
  if (source !== undefined) return `zone ${zone} is read from its file: '${source}' cannot be set`
  const file = block.find(statement => statement.words[0] === 'file')?.words[1]
  if (!keys.includes('type')) return `zone ${zone} has no type`
  const path = `zones/${network}/${zone}.zone`
  return file === path || file?.endsWith(`/${path}`) ? null : `zone ${zone} must have the file "${path}"`
}
