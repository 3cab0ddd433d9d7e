import { draftZone, type IncludeContext } from './draft-zone.ts'
import { wrapInclude } from './marker.ts'
import type { Name } from './names.ts'
import { normaliseName } from './zone-name.ts'
import { checkZone } from './zone-text.ts'

/** A zone as it was rendered; the include in it is one without errors in this context (`checkInclude`). */
export interface RenderedZone {
  readonly text: string
  readonly serial: number
  readonly include: string
  readonly context: IncludeContext
}

/** Zones of a network differ around their includes in their names alone, so few texts are enough. */
const maxKnown = 64
/** What is around includes and was found right, without names of zones and serials. */
const known = new Set<string>()

/**
 * Why a zone as it was rendered must not be published; null if it may (behaviour §7.5). Where nothing but the SOA, the
 * name servers and the addresses stands in front of an include that is right, the whole zone is: what was found so is
 * not read again for every zone.
 */
export function renderedFault({ text, serial, include, context }: RenderedZone): string | null {
  const { zone, rotateLabels, nsRecords, uncheckedTypes = [] } = context
  const own = ownPart(text, wrapInclude(zone, include))
  const key = own === null ? null : keyOf([own, ...rotateLabels, '', ...nsRecords].join('\n'), zone, serial)
  if (key !== null && known.has(key)) return null
  const error = checkZone(text, zone, uncheckedTypes).findings.find(({ severity }) => severity === 'error')
  if (error !== undefined) return `as rendered it does not load: line ${error.line}: ${error.message}`
  if (key !== null && isPlain(own as string, context)) {
    if (known.size >= maxKnown) known.clear()
    known.add(key)
  }
  return null
}

function keyOf(text: string, zone: string, serial: number): string {
  return text.replaceAll(zone, '\0').replaceAll(String(serial), '\u0001')
}

/** The text in front of an include where only comments come behind it and no origin before; else null. */
function ownPart(text: string, wrapped: string): string | null {
  const at = text.indexOf(wrapped)
  if (at === -1 || !/^(?:\s|;[^\n]*)*$/.test(text.slice(at + wrapped.length))) return null
  const own = text.slice(0, at)
  return own.endsWith('\n') && !/\$origin/i.test(own) ? own : null
}

/** Whether a text holds no other names than those that the include was checked beside. */
function isPlain(own: string, context: IncludeContext): boolean {
  const origin: Name = `${normaliseName(context.zone)}.`
  const { published, nameServers } = draftZone([], origin, context)
  return checkZone(own, context.zone, []).records.every(({ type, owner, target }) => {
    if (type === 'A' || type === 'AAAA') return published.has(owner)
    return owner === origin && (type === 'SOA' || (type === 'NS' && nameServers.includes(target as Name)))
  })
}
