/** Serials are counted within 32 bits (RFC 1982). */
const modulus = 2 ** 32
const half = 2 ** 31

/**
 * The serial for a publication at `nowMs` (milliseconds), given the last one given out, 0 if none (behaviour §7.3): the
 * Unix time, or the last serial plus one where that is not greater. Within 32 bits and never 0, whatever clock or table
 * say; a serial that lies beyond, as former versions wrote them, counts as what a name server would make of it.
 */
export function nextSerial(nowMs: number, last: number): number {
  const time = notZero(within32Bits(Math.floor(nowMs / 1000)))
  if (last === 0) return time
  const given = within32Bits(last)
  return isGreaterSerial(time, given) ? time : notZero(within32Bits(given + 1))
}

/**
 * Whether a serial is greater than another by RFC 1982, both within 32 bits. False, too, for two that lie exactly half of
 * all serials apart: the RFC leaves open which of them is greater.
 */
export function isGreaterSerial(serial: number, other: number): boolean {
  const ahead = within32Bits(serial - other)
  return ahead > 0 && ahead < half
}

/** The later of two serials by RFC 1982, where 0 stands for none; the first where the RFC leaves it open. */
export function laterSerial(a: number, b: number): number {
  if (a === 0 || b === 0) return a + b
  return isGreaterSerial(b, a) ? b : a
}

function within32Bits(number: number): number {
  return ((number % modulus) + modulus) % modulus
}

/** A secondary takes 0 for a zone that it has yet to load. */
function notZero(serial: number): number {
  return serial === 0 ? 1 : serial
}
