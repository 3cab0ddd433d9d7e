import type { Seen } from '../../core/state/network-state.ts'
import { nothingSeen } from '../../core/state/seen.ts'
import { parseJson, putText } from './chunks.ts'
import { seenKey } from './keys.ts'
import type { Rows } from './rows.ts'

/**
 * `ZONES#SEEN` is JSON: `{version: 1, etags: {KEY: ETAG}, certificates: {EDGE: MS}}`, spread over items as long texts are. What else cycles have to
 * remember becomes a further field, empty where it is missing: then the version stays. An item of another version is as
 * if it could not be read.
 */
const version = 1

/** Writes all that cycles remember. */
export async function putSeen(rows: Rows, { etags, certificates = new Map() }: Seen): Promise<void> {
  const parts = { etags: Object.fromEntries(etags), certificates: Object.fromEntries(certificates) }
  await putText(rows, seenKey, JSON.stringify({ version, ...parts }))
}

/** What a text that `putSeen` wrote says; nothing where there is none, null if it cannot be read. */
export function decodeSeen(text: string | null): Seen | null {
  if (text === null) return nothingSeen
  return parseJson(text, value => {
    if (!isMap(value) || value.version !== version) return null
    const etags = asTexts(value.etags ?? {})
    const certificates = asTimes(value.certificates ?? {})
    if (etags === null || certificates === null) return null
    return certificates.size === 0 ? { etags } : { etags, certificates }
  })
}

function asTexts(value: unknown): Map<string, string> | null {
  if (!isMap(value)) return null
  const texts = new Map<string, string>()
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') return null
    texts.set(key, text)
  }
  return texts
}

function asTimes(value: unknown): Map<string, number> | null {
  if (!isMap(value)) return null
  const times = Object.entries(value).filter((one): one is [string, number] => Number.isSafeInteger(one[1]))
  return times.length === Object.keys(value).length ? new Map(times) : null
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
