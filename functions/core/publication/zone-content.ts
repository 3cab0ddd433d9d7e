import type { ZoneSource } from '../config/network.ts'
import type { Settings } from '../config/settings.ts'
import { oncePer } from '../domain/once-per.ts'
import { makerOfZones } from './making.ts'

/**
 * What a warm function need not work out again in every cycle. Only answers of pure functions are kept, each with all
 * that it was made from: where anything differs, it is made again (behaviour §7.2).
 */

/** All that a zone's content depends on, serial and name aside. */
export interface ZoneInputs {
  readonly template: string
  readonly dns: Settings['dns']
  readonly include: string
  readonly addresses: readonly string[]
}

const hashes = new WeakMap<ZoneSource, ZoneInputs & { readonly hash: string }>()

/** The hash that `make` gives for these inputs, made once while they stay the same. */
export function zoneHash(source: ZoneSource, inputs: ZoneInputs, make: () => string): string {
  const known = hashes.get(source)
  if (known !== undefined && isSame(known, inputs)) return known.hash
  const hash = make()
  hashes.set(source, { ...inputs, hash })
  return hash
}

function isSame(a: ZoneInputs, b: ZoneInputs): boolean {
  return a.template === b.template && a.dns === b.dns && a.include === b.include && isSameList(a.addresses, b.addresses)
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => one === b[at]))
}

/** The addresses of a live set, one list for all of its zones. */
export const liveAddresses = oncePer((live: readonly { readonly address: string }[]): readonly string[] =>
  live.map(({ address }) => address),
)

interface NamedConf {
  readonly template: string
  readonly zones: readonly string[]
  readonly options: string
  readonly text: string
}

const namedConfs = new Map<string, NamedConf>()

/** The text of `renderNamedConf`, rendered once while template and zones (sorted) stay the same. */
export function namedConfText(template: string, network: string, zones: readonly string[], options: string): string {
  const known = namedConfs.get(network)
  const isSame = known !== undefined && known.template === template && known.options === options
  if (isSame && isSameList(known.zones, zones)) return known.text
  const text = makerOfZones().renderNamedConf(template, network, zones, options)
  namedConfs.set(network, { template, zones: [...zones], options, text })
  return text
}
