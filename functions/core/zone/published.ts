import type { IncludeContext } from './draft-zone.ts'
import { checkInclude } from './include.ts'
import { unwrapInclude } from './marker.ts'
import { type Entry, scanMasterFile } from './master-file.ts'

const maxSerial = 2 ** 32 - 1

/** The serial in a published zone's SOA record; null where there is none. */
export function serialOf(zoneText: string): number | null {
  for (const entry of scanMasterFile(zoneText).entries) {
    const serial = serialToken(entry)
    if (serial !== null) return serial
  }
  return null
}

/**
 * The last serial that a published zone (null: there is none) says was given out; 0 if it says none. A zone that stands
 * with serial 0 counts as if it had 1, as 0 means that none was given out.
 */
export function lastSerialIn(zoneText: string | null): number {
  const serial = serialOf(zoneText ?? '')
  return serial === null ? 0 : Math.max(1, serial)
}

function serialToken({ tokens, blank }: Entry): number | null {
  const type = tokens.findIndex((token, at) => (blank || at > 0) && !token.quoted && /^SOA$/i.test(token.text))
  const serial = type === -1 ? undefined : tokens[type + 3]
  return serial !== undefined && /^\d+$/.test(serial.text) && Number(serial.text) <= maxSerial
    ? Number(serial.text)
    : null
}

/** The include that a published zone was made with, verbatim; null if the text is not a zone that this system published. */
export function extractInclude(zoneText: string): string | null {
  return unwrapInclude(zoneText)
}

/**
 * The include of a published zone, to go on with (behaviour §7.5); null if there is none, or if it would no longer load
 * because the settings (rotate labels, name servers) have changed since.
 */
export function lastGoodInclude(zoneText: string, context: IncludeContext): string | null {
  const include = extractInclude(zoneText)
  if (include === null) return null
  return checkInclude(include, context).some(finding => finding.severity === 'error') ? null : include
}
