import { numberOctets, type RestField } from './field.ts'
import { quoted } from './finding.ts'
import type { Token } from './master-file.ts'

/** Half of the range of angles, in thousandths of a second: the equator and the prime meridian. */
const middle = 2 ** 31
/** Centimetres below sea level at which altitudes begin. */
const deepest = 10_000_000
const highest = 4_284_967_295
const defaultSizes = [0x12, 0x16, 0x13]

interface Angle {
  readonly directions: string
  readonly degrees: number
}

const angles: readonly Angle[] = [
  { directions: 'NS', degrees: 90 },
  { directions: 'EW', degrees: 180 },
]

/** Where something is (RFC 1876): `52 22 23.000 N 4 53 32.000 E -2m 0m 10000m 10m`. */
export const location: RestField = {
  takes: 'rest',
  wanted: 'a latitude, a longitude and an altitude',
  read: tokens => {
    const left = [...tokens]
    const measured: number[] = []
    const wrong = left.find(token => token.quoted)
    if (wrong !== undefined) return { fault: 'a location must not be quoted', at: wrong }
    for (const angle of angles) {
      const found = takeAngle(left, angle)
      if (found === null) return { fault: `this is not a location: expected ${degreesOf(angle)}`, ...atFirst(left) }
      measured.push(found)
    }
    const altitude = altitudeOf(left.shift()?.text ?? '')
    if (altitude === null) return { fault: 'this is not a location: expected an altitude in metres' }
    const sizes = left.map(({ text }) => sizeOf(text))
    const bad = sizes.indexOf(null)
    if (bad !== -1 || left.length > 3) {
      const at = left[bad === -1 ? 3 : bad] as Token
      return { fault: `${quoted(at.text)} is not a size or precision in metres`, at }
    }
    const octets = defaultSizes.map((size, at) => String.fromCharCode(sizes[at] ?? size)).join('')
    return { octets: `\0${octets}${[...measured, altitude].map(number => numberOctets(number, 4)).join('')}` }
  },
}

function degreesOf({ directions, degrees }: Angle): string {
  return `degrees (to ${degrees}), minutes, seconds and ${directions[0]} or ${directions[1]}`
}

function atFirst([first]: readonly Token[]): { at: Token } | object {
  return first === undefined ? {} : { at: first }
}

/** Takes an angle off the front: degrees, perhaps minutes, perhaps seconds, direction. Null for what is none. */
function takeAngle(left: Token[], { directions, degrees }: Angle): number | null {
  const parts: number[] = []
  for (const [most, digits] of [
    [degrees, 0],
    [59, 0],
    [59, 3],
  ] as const) {
    const word = left.shift()?.text ?? ''
    const part = digits === 0 ? wholeOf(word) : decimalOf(word, most, digits, '')
    if (part === null || Math.floor(part / 10 ** digits) > most) return null
    parts.push(part)
    const direction = left[0]?.text ?? ''
    if (direction.length !== 1 || !directions.includes(direction)) continue
    left.shift()
    const [whole, minutes = 0, thousandths = 0] = parts as [number, number?, number?]
    if (whole === degrees && minutes + thousandths > 0) return null
    const angle = (whole * 3600 + minutes * 60) * 1000 + thousandths
    return direction === directions[0] ? middle + angle : middle - angle
  }
  return null
}

function wholeOf(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

/** A decimal number in units of its last digit; also with the sign that the C library takes. Null for what is none. */
function decimalOf(text: string, most: number, digits: number, unit: string): number | null {
  const found = new RegExp(`^(?:\\+?(\\d+)|-0+)?(?:\\.(\\d{0,${digits}}))?${unit === '' ? '' : `${unit}?`}$`).exec(text)
  const whole = Number(found?.[1] ?? 0)
  if (found === null || !/\d/.test(text) || whole > most) return null
  return whole * 10 ** digits + Number((found[2] ?? '').padEnd(digits, '0'))
}

function altitudeOf(text: string): number | null {
  const below = text.startsWith('-')
  const centimetres = below ? decimalOf(text.slice(1), 100_000, 2, 'm') : decimalOf(text, 42_849_672, 2, 'm')
  if (centimetres === null || centimetres > (below ? deepest : highest)) return null
  return below ? deepest - centimetres : deepest + centimetres
}

/** A size in one octet: a digit, and a power of ten in centimetres. */
function sizeOf(text: string): number | null {
  const centimetres = decimalOf(text, 90_000_000, 2, 'm')
  if (centimetres === null) return null
  const digits = String(centimetres)
  return Number(digits[0]) * 16 + digits.length - 1
}
