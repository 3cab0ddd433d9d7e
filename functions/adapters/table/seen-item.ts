import { isMap } from '../../core/domain/is-map.ts'
import type { RenderedMemo, Seen } from '../../core/state/network-state.ts'
import { nothingSeen } from '../../core/state/seen.ts'
import type { ServedRow, ServedSeen } from '../../core/state/served-seen.ts'
import { asNames, parseJson, putText } from './chunks.ts'
import { seenKey } from './keys.ts'
import type { Rows } from './rows.ts'

/**
 * `ZONES#SEEN` is JSON: `{version: 1, etags: {KEY: ETAG}, certificates: {EDGE: MS}, told: HASH, served: {published,
 * waiting, late}, rendered: {zones: {key, hash}, namedConf: {key, hash}}}`, spread over items as long texts are. What else cycles have to
 * remember becomes a further field, empty where it is missing: then the version stays. An item of another version is as
 * if it could not be read.
 */
const version = 1

/** Writes all that cycles remember. */
export async function putSeen(
  rows: Rows,
  { etags, certificates = new Map(), served, told, rendered }: Seen,
): Promise<void> {
  const servers = served === undefined ? {} : { served: { ...served, published: Object.fromEntries(served.published) } }
  const parts = {
    ...{ etags: Object.fromEntries(etags), certificates: Object.fromEntries(certificates), ...servers },
    ...(told === undefined ? {} : { told }),
    ...(rendered === undefined ? {} : { rendered }),
  }
  await putText(rows, seenKey, JSON.stringify({ version, ...parts }))
}

/** What a text that `putSeen` wrote says; nothing where there is none, null if it cannot be read. */
export function decodeSeen(text: string | null): Seen | null {
  if (text === null) return nothingSeen
  return parseJson(text, value => {
    if (!isMap(value) || value.version !== version) return null
    const etags = asTexts(value.etags ?? {})
    const certificates = asTimes(value.certificates ?? {})
    const served = asServed(value.served)
    const { told } = value
    const isTold = told === undefined || typeof told === 'string'
    if (etags === null || certificates === null || served === null || !isTold) return null
    const rendered = asRendered(value.rendered)
    return {
      etags,
      ...(certificates.size === 0 ? {} : { certificates }),
      ...(served === undefined ? {} : { served }),
      ...(rendered === undefined ? {} : { rendered }),
      ...(told === undefined ? {} : { told }),
    }
  })
}

/** What is not as it should be is left out: then it is found out again. */
function asRendered(value: unknown): RenderedMemo | undefined {
  if (!isMap(value)) return undefined
  const pair = (one: unknown) =>
    isMap(one) && typeof one.key === 'string' && typeof one.hash === 'string' ? { key: one.key, hash: one.hash } : null
  const [zones, namedConf] = [pair(value.zones), pair(value.namedConf)]
  return { ...(zones === null ? {} : { zones }), ...(namedConf === null ? {} : { namedConf }) }
}

function asServed(value: unknown): ServedSeen | null | undefined {
  if (value === undefined) return undefined
  if (!isMap(value) || !isMap(value.published)) return null
  const published = Object.entries(value.published).map(([zone, time]) => [zone, Number(time)] as const)
  const waiting = asNames(value.waiting)
  const { late } = value
  const isSound = published.every(([, time]) => Number.isSafeInteger(time)) && Array.isArray(late) && late.every(isLate)
  return waiting !== null && isSound ? { published: new Map(published), waiting, late: late as ServedRow[] } : null
}

function isLate(value: unknown): value is ServedRow {
  if (!isMap(value)) return false
  const { server, zone, state, serial, detail } = value
  const isState = state === 'stale' || state === 'unreachable'
  const areTexts = [server, zone, detail].every(one => typeof one === 'string')
  return areTexts && isState && (serial === null || Number.isSafeInteger(serial))
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
