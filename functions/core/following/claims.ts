import { byName } from '../domain/model.ts'
import { oneLine } from '../domain/printable.ts'
import { isGreaterSerial } from '../zone/serial.ts'
import { checkZoneName, normaliseName } from '../zone/zone-name.ts'
import type { KnownNetwork } from './state.ts'

/** The file that a name server is to have of a zone. */
export interface Claim {
  readonly zone: string
  readonly network: string
  /** In the bucket. */
  readonly key: string
  readonly serial: number
  readonly sha256: string
}

/** A zone that stays as it was, and why. */
export interface ZoneFault {
  /** Printable. */
  readonly zone: string
  readonly network: string
  readonly reason: string
}

/** What all manifests want together. */
export interface Claims {
  /** By zone: of those in several manifests the one with the greatest serial (behaviour §12.1). */
  readonly wanted: ReadonlyMap<string, Claim>
  /** Zones that some manifest has, or is about to have. */
  readonly held: ReadonlySet<string>
  readonly faults: readonly ZoneFault[]
}

/** A file's name has at most 255 bytes, `.zone` included. */
const maxNameLength = 250
const maxShownName = 260

/** What the manifests of these networks want; `catalog`: the name of the catalog zone, which no network can have. */
export function claimsOf(networks: ReadonlyMap<string, KnownNetwork>, catalog: string | null): Claims {
  const wanted = new Map<string, Claim>()
  const held = new Set<string>()
  const faults: ZoneFault[] = []
  for (const [network, { zones, claims }] of [...networks].sort(([a], [b]) => byName(a, b))) {
    for (const zone of claims) held.add(zone)
    for (const { zone, key, serial, sha256 } of zones) {
      held.add(zone)
      const reason = zoneFault(zone, catalog) ?? keyFault(key, network, zone)
      const other = wanted.get(zone)
      if (reason !== null) faults.push({ zone: oneLine(zone, maxShownName), network, reason })
      else if (other === undefined || isGreaterSerial(serial, other.serial))
        wanted.set(zone, { zone, network, key, serial, sha256 })
    }
  }
  return { wanted, held, faults }
}

/** A name becomes the name of a file and a word of a configuration: nothing but a host name may. */
function zoneFault(zone: string, catalog: string | null): string | null {
  if (zone === catalog) return 'the catalog zone has this name'
  if (zone !== normaliseName(zone)) return 'its name is not in lower case without a final dot'
  if (zone.length > maxNameLength) return `its name is longer than ${maxNameLength} characters`
  const fault = checkZoneName(zone)
  return fault === null ? null : oneLine(fault)
}

function keyFault(key: string, network: string, zone: string): string | null {
  return key === `zones/${network}/${zone}.zone` ? null : `the manifest names another file for it: ${oneLine(key, 100)}`
}
