import { isMap } from '../domain/is-map.ts'
import { byName, type Canary } from '../domain/model.ts'
import { addressFault, canonicalAddress } from '../zone/addresses.ts'
import { normaliseName } from '../zone/zone-name.ts'
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

type Fault = CanaryMap['faults'][number]

/** What is written for one zone, and where. */
interface Entry {
  readonly key: string
  readonly value: unknown
  readonly keyAt: Place
  readonly valueAt: Place
}

/** Reads a map zone: address (behaviour §6). A faulty line costs its own canary, and no other. Never throws. */
export function readCanaryMap(text: string, surroundings: Surroundings): CanaryMap {
  const { entries, faults } = entriesOf(text)
  const canaries = new Map<string, Canary>()
  for (const { key, value, keyAt, valueAt } of entries) {
    const zone = normaliseName(key)
    const address = typeof value === 'string' ? canonicalAddress(value) : null
    const fault = canaryFault(zone, value, address, surroundings)
    if (fault !== null) faults.push({ ...valueAt, severity: 'error', message: fault })
    else if (canaries.has(zone)) {
      faults.push({ ...keyAt, severity: 'error', message: `zone ${zone} has a canary already` })
    } else if (!surroundings.zones.has(zone)) {
      const message = `the network has no zone ${zone}: its canary is not probed`
      faults.push({ ...keyAt, severity: 'warning', message })
    } else canaries.set(zone, { zone, address: String(address) })
  }
  return { canaries: [...canaries.values()].sort((a, b) => byName(a.zone, b.zone)), faults }
}

function entriesOf(text: string): { entries: Entry[]; faults: Fault[] } {
  const file = readYaml(text)
  const faults: Fault[] = file.faults.map(fault => ({ ...fault, severity: 'error' }))
  if (faults.length > 0) return { entries: soundLines(text), faults }
  if (file.value !== null && !isMap(file.value)) {
    return {
      entries: [],
      faults: [{ line: 1, column: 1, severity: 'error', message: 'expected a map, zone: address' }],
    }
  }
  const entries = Object.entries(file.value ?? {}).map(([key, value]) => {
    return { key, value, keyAt: file.keyAt([key]), valueAt: file.valueAt([key]) }
  })
  return { entries, faults }
}

/** Of a file that is not YAML as a whole: the lines that are `zone: address` by themselves, each zone's first. */
function soundLines(text: string): Entry[] {
  const seen = new Set<string>()
  return text.split(/\r?\n/).flatMap((content, at) => {
    if (!/^[^\s#]/.test(content)) return []
    const { value, faults, keyAt, valueAt } = readYaml(content)
    const [only, ...others] = faults.length === 0 && isMap(value) ? Object.entries(value) : []
    if (only === undefined || others.length > 0 || typeof only[1] !== 'string') return []
    const [key] = only
    const zone = normaliseName(key)
    if (seen.size === seen.add(zone).size) return []
    const line = at + 1
    return [{ key, value: only[1], keyAt: { ...keyAt([key]), line }, valueAt: { ...valueAt([key]), line } }]
  })
}

function canaryFault(zone: string, value: unknown, address: string | null, { edges }: Surroundings): string | null {
  if (address === null) return `the canary of ${zone} must be an address, not '${String(value)}'`
  const edge = edges.get(address)
  if (edge !== undefined) return `${address} is an edge too (${edge}): a canary must be an address of its own`
  return addressFault(address)
}
