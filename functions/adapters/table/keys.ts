/** The sort keys of a network's items (design, "The table"). Times are zero-padded, so that they sort. */
export const stateKey = 'STATE'
export const freezeKey = 'FREEZE'
export const runPrefix = 'RUN#'
export const rosterPrefix = 'ROSTER#'
export const livePrefix = 'LIVE#'
export const addressPrefix = 'ADDRESS#'
export const hourPrefix = 'HOUR#'
export const rotationPrefix = 'ROTATION#'
export const orderPrefix = 'ORDER#'
/** Since when edges whose order was taken back are available; apart from the orders, which every cycle reads. */
export const sincePrefix = 'SINCE#'
/** What operators' commands did: who, when, why. */
export const logPrefix = 'LOG#'
export const zonesPrefix = 'ZONES#'
export const filesKey = 'ZONES#FILES'
/** Among the zones, so that one request reads all: what cycles remember, in pieces `ZONES#SEEN#0` and so on. */
export const seenKey = 'ZONES#SEEN'
export const pushedPrefix = 'ZONES#PUSHED#'

/** `ms` milliseconds since 1970, 13 digits. */
export const runKey = (ms: number) => runPrefix + padded(ms)
export const rotationKey = (ms: number) => rotationPrefix + padded(ms)
export const hourKey = (ms: number) => hourPrefix + padded(ms)
export const logKey = (ms: number, what: string, about: string) =>
  `${logPrefix}${padded(ms)}#${what}${about === '' ? '' : `#${about}`}`
/** Where an unreadable item is set aside. */
export const corruptKey = (sk: string, hash: string) => `CORRUPT#${sk}#${hash}`

function padded(ms: number): string {
  return String(ms).padStart(13, '0')
}

/** The time in the key of a run, rotation or hour; NaN if there is none. */
export function timeOf(sk: string): number {
  const digits = /#(\d{13})$/.exec(sk)?.[1]
  return digits === undefined ? Number.NaN : Number(digits)
}
