import { byName } from '../domain/model.ts'
import { hashText } from '../zone/hash.ts'
import { serialOf } from '../zone/published.ts'
import { nextSerial } from '../zone/serial.ts'
import { checkZoneName, normaliseName } from '../zone/zone-name.ts'

/** Members are told apart by labels; a hash of the name is the same in every catalog. */
const labelLength = 40

/** The text of a catalog zone (RFC 9432) without its serial: that is where `SERIAL` is. */
function draft(catalog: string, members: readonly string[]): string {
  const head = [
    `; Written by edgemanage follow: changes made here are lost.`,
    `$ORIGIN ${catalog}.`,
    '$TTL 60',
    '@ SOA invalid. invalid. SERIAL 60 60 2419200 60',
    '@ NS invalid.',
    'version TXT "2"',
  ]
  const rows = [...members]
    .sort(byName)
    .map(member => `${hashText(`${member}.`).slice(0, labelLength)}.zones PTR ${member}.`)
  return `${[...head, ...rows].join('\n')}\n`
}

/** The catalog's text: `before` as it is where it has these members, else one with a greater serial (behaviour §7.3). */
export function renderCatalog(catalog: string, members: readonly string[], before: string | null, now: number): string {
  const last = before === null ? null : serialOf(before)
  const text = draft(catalog, members)
  if (last !== null && before === withSerial(text, last)) return before
  return withSerial(text, nextSerial(now, last ?? 0))
}

function withSerial(text: string, serial: number): string {
  return text.replace('SERIAL', String(serial))
}

/** Why this cannot be the name of a catalog zone; null if it can. */
export function checkCatalogName(name: string): string | null {
  return checkZoneName(normaliseName(name))
}
