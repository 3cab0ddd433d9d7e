import { byName } from '../domain/model.ts'
import { counted } from '../domain/printable.ts'
import { utcWords } from '../domain/time-words.ts'

const dayMs = 86_400_000
/** This many edges are named that share the end of a certificate. */
const maxNames = 5

/**
 * What is said of certificates that end within `days` (0: nothing) of `now` (milliseconds), or have ended (behaviour §14.3);
 * edges whose certificates end together in one sentence.
 */
export function certificateWarnings(
  probes: ReadonlyMap<string, { readonly certificateExpires?: number }>,
  days: number,
  now: number,
): string[] {
  if (days === 0) return []
  const byEnd = new Map<number, string[]>()
  for (const [edge, { certificateExpires: end }] of probes) {
    if (end === undefined || end - now > days * dayMs) continue
    byEnd.set(end, [...(byEnd.get(end) ?? []), edge])
  }
  return [...byEnd].sort(([a], [b]) => a - b).map(([end, edges]) => sentence(edges.sort(byName), end, now))
}

function sentence(edges: readonly string[], end: number, now: number): string {
  const rest = edges.length - maxNames
  const names = `${edges.slice(0, maxNames).join(', ')}${rest > 0 ? ` and ${counted(rest, 'more edge')}` : ''}`
  const left = Math.floor((end - now) / dayMs)
  const when = end <= now ? 'has expired' : left < 1 ? 'expires within a day' : `expires in ${counted(left, 'day')}`
  return `the certificate of ${names} ${when} (${utcWords(end)})`
}
