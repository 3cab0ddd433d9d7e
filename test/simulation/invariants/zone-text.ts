import { checkInclude } from '../../../functions/core/zone/include.ts'
import { scanMasterFile } from '../../../functions/core/zone/master-file.ts'
import { extractInclude } from '../../../functions/core/zone/published.ts'

/** A published zone as a name server would read it. */
export interface ZoneText {
  readonly serial: number
  /** By owner as written: the addresses there. */
  readonly addresses: ReadonlyMap<string, readonly string[]>
  readonly include: string
}

const known = new Map<string, { readonly text: string; readonly read: ZoneText | string }>()

/** Reads a published zone; the answer is a sentence where it is none, or no safe one. */
export function readZone(zone: string, text: string): ZoneText | string {
  // Most cycles change nothing, and everybody looks.
  const last = known.get(zone)
  if (last?.text === text) return last.read
  const read = freshlyRead(zone, text)
  known.set(zone, { text, read })
  return read
}

function freshlyRead(zone: string, text: string): ZoneText | string {
  const { entries, faults } = scanMasterFile(text)
  if (faults.length > 0) return `it does not parse: ${faults[0]?.message}`
  const records = entries.map(({ tokens }) => tokens.map(token => token.text))
  const soas = records.filter(([, , , type]) => type === 'SOA')
  const serial = Number(soas[0]?.[6])
  if (soas.length !== 1 || soas[0]?.[0] !== '@' || !isSerial(serial))
    return 'it has not exactly one SOA with a serial that loads'
  const include = extractInclude(text)
  if (include === null) return 'its include cannot be found again'
  const own = text.slice(0, text.indexOf('; begin include'))
  const addresses = new Map<string, string[]>()
  const servers: string[] = []
  for (const [owner = '', ttl = '', , type, data = ''] of scanMasterFile(own).entries.map(wordsOf)) {
    if (type === 'NS') servers.push(data)
    if (type !== 'A' && type !== 'AAAA') continue
    if ((type === 'AAAA') !== data.includes(':')) return `${data} stands in a record of type ${type}`
    if (!/^\d+$/.test(ttl)) return `${owner} has no TTL`
    addresses.set(owner, [...(addresses.get(owner) ?? []), data])
  }
  const rotateLabels = [...addresses.keys()].filter(label => label !== '@')
  const context = { zone, rotateLabels, nsRecords: servers, ttl: 300 }
  const broken = checkInclude(include, context).find(finding => finding.severity === 'error')
  if (broken !== undefined) return `its include is broken: ${broken.message}`
  return { serial, addresses, include }
}

function wordsOf({ tokens }: { readonly tokens: readonly { readonly text: string }[] }): string[] {
  return tokens.map(({ text }) => text)
}

function isSerial(serial: number): boolean {
  return Number.isInteger(serial) && serial > 0 && serial < 2 ** 32
}
