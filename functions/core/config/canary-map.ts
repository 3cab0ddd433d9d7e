import { byName, type Canary } from '../model.ts'
import { addressFault, canonicalAddress } from '../zone/addresses.ts'
import { normaliseName } from '../zone/zone-name.ts'
import { isMap } from './effective.ts'
import { type Place, readYaml } from './yaml-file.ts'

export interface CanaryMap {
  /** Sorted by zone; without those that have faults, and those for zones the network does not have. */
  readonly canaries: readonly Canary[]
  readonly faults: readonly (Place & { readonly severity: 'error' | 'warning'; readonly message: string })[]
}

/** What a canary has to fit to: the network's zones, and its edges by canonical address. */
export interface Surroundings {
  readonly zones: ReadonlySet<string>
  readonly edges: ReadonlyMap<string, string>
}

/** Reads a map zone: address (behaviour §6). Never throws. */
export function readCanaryMap(text: string, surroundings: Surroundings): CanaryMap {
  const file = readYaml(text)
  const faults = file.faults.map(fault => ({ ...fault, severity: 'error' as 'error' | 'warning' }))
  const canaries = new Map<string, Canary>()
  if (file.value !== null && !isMap(file.value)) {
    faults.push({ line: 1, column: 1, severity: 'error', message: 'expected a map, zone: address' })
  }
  for (const [key, value] of Object.entries(isMap(file.value) ? file.value : {})) {
    const zone = normaliseName(key)
    const address = typeof value === 'string' ? canonicalAddress(value) : null
    const fault = canaryFault(zone, value, address, surroundings)
    const isUnknown = !surroundings.zones.has(zone)
    if (fault !== null) faults.push({ ...file.valueAt([key]), severity: 'error', message: fault })
    else if (canaries.has(zone)) {
      faults.push({ ...file.keyAt([key]), severity: 'error', message: `zone ${zone} has a canary already` })
    } else if (isUnknown) {
      const message = `the network has no zone ${zone}: its canary is not probed`
      faults.push({ ...file.keyAt([key]), severity: 'warning', message })
    } else canaries.set(zone, { zone, address: String(address) })
  }
  return { canaries: [...canaries.values()].sort((a, b) => byName(a.zone, b.zone)), faults }
}

function canaryFault(zone: string, value: unknown, address: string | null, { edges }: Surroundings): string | null {
  if (address === null) return `the canary of ${zone} must be an address, not '${String(value)}'`
  const edge = edges.get(address)
  if (edge !== undefined) return `${address} is an edge too (${edge}): a canary must be an address of its own`
  return addressFault(address)
}
