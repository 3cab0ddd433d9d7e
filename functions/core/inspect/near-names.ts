import { byName } from '../domain/model.ts'
import { givenName, maxName } from '../domain/printable.ts'

const maxNames = 3
/** Names that differ in more letters than this part of theirs are not what was meant. */
const maxDifferent = 0.4

/** The known names that a mistyped one may have meant, the nearest first, at most three. */
export function nearNames(name: string, known: readonly string[]): string[] {
  if (name.length > maxName) return []
  const wanted = name.toLowerCase()
  return known
    .map(one => ({ one, distance: one.includes(wanted) ? 0 : editDistance(wanted, one) }))
    .filter(({ one, distance }) => distance <= Math.max(1, Math.floor(one.length * maxDifferent)))
    .sort((a, b) => a.distance - b.distance || byName(a.one, b.one))
    .slice(0, maxNames)
    .map(({ one }) => one)
}

/** What to tell someone who asked for a name that is not known. */
export function unknownName(kind: string, name: string, network: string, known: readonly string[]): string {
  const near = nearNames(name, known)
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : `known: ${shortList(known)}`
  return `there is no ${kind} ${givenName(name)} in ${network}; ${hint}`
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ')
  return names.length > 10 ? `${shown}, and ${names.length - 10} more` : shown
}

/** How many letters must be put in, left out or changed to make one word of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = Number(row[j]) + Number(letter !== other)
      next.push(Math.min(changed, Number(row[j + 1]) + 1, Number(next[j]) + 1))
    }
    row = next
  }
  return Number(row.at(-1))
}
