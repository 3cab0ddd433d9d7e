import { canonicalAddress } from '../zone/addresses.ts'
import { normaliseName } from '../zone/zone-name.ts'

/**
 * The one name of an edge, however it is spelled (behaviour §2.4): an address in its canonical form, a host name in
 * lower case and without the final dot. Orders, samples and the live set go by it. Never throws.
 */
export function canonicalEdge(text: string): string {
  return canonicalAddress(text) ?? normaliseName(text)
}
