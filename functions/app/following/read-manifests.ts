import type { NetworkSight } from '../../core/following/pass-report.ts'
import type { KnownNetwork } from '../../core/following/state.ts'
import { parseManifest } from '../../core/publication/manifest.ts'
import { checkZoneOptions } from '../../core/zone/zone-options.ts'
import { inParallel } from '../../cycle/flow/pool.ts'
import type { ManifestAnswer, PublishedZones } from '../../cycle/ports/following.ts'

/** How many manifests are asked for side by side. */
const atOnce = 16

/** What is to be followed, and what is known where a manifest does not say it. */
export interface Followed {
  readonly networks: readonly string[]
  /** `dns.zone_options` of a network as the configuration folder has them; null where there is no folder. */
  readonly optionsOf: (network: string) => string | null
}

export interface Manifests {
  readonly networks: ReadonlyMap<string, KnownNetwork>
  readonly sights: readonly NetworkSight[]
}

const unknown: KnownNetwork = { etag: null, zones: [], claims: [], options: '', optionsFault: null }

/** Asks for each network's manifest, once; one that cannot be used changes nothing for its network (behaviour §12.1). */
export async function readManifests(
  { networks, optionsOf }: Followed,
  known: ReadonlyMap<string, KnownNetwork>,
  published: PublishedZones,
  judgeOptions: (options: string) => Promise<string | null>,
): Promise<Manifests> {
  const found = new Map<string, KnownNetwork>()
  const sights = new Map<string, NetworkSight>()
  await inParallel(
    networks,
    atOnce,
    () => false,
    async network => {
      const before = known.get(network) ?? unknown
      const answer = await published.manifest(network, before.etag)
      const now = read(network, answer, before, optionsOf)
      const isUsable = typeof now !== 'string'
      const after = isUsable ? await withOptions(now, before, judgeOptions) : before
      found.set(network, after)
      const manifest = isUsable ? (answer.is === 'unchanged' ? 'unchanged' : 'read') : 'unreadable'
      sights.set(network, { network, manifest, zones: after.zones.length, ...(isUsable ? {} : { detail: now }) })
    },
  )
  return {
    networks: new Map(networks.map(network => [network, found.get(network) as KnownNetwork])),
    sights: networks.map(network => sights.get(network) as NetworkSight),
  }
}

/** What a network wants now, or why that is not known. */
function read(
  network: string,
  answer: ManifestAnswer,
  before: KnownNetwork,
  optionsOf: Followed['optionsOf'],
): KnownNetwork | string {
  if (answer.is === 'unreadable') return answer.reason
  if (answer.is === 'unchanged') return before
  const manifest = parseManifest(answer.text)
  if (typeof manifest === 'string') return `its manifest cannot be used: ${manifest}`
  if (manifest.network !== network) return 'its manifest belongs to another network'
  const zones = manifest.zones.filter(({ handedOver }) => !handedOver)
  return {
    etag: answer.etag,
    zones: zones.map(({ zone, key, serial, sha256 }) => ({ zone, key, serial, sha256 })),
    claims: manifest.claims,
    options: (manifest.zoneOptions ?? optionsOf(network) ?? '').trim(),
    optionsFault: null,
  }
}

/** The network with options that the name server takes: those it has had, where it refuses the new ones. */
async function withOptions(
  now: KnownNetwork,
  before: KnownNetwork,
  judge: (options: string) => Promise<string | null>,
): Promise<KnownNetwork> {
  if (now === before || now.options === '' || now.options === before.options) return now
  const fault = checkZoneOptions(now.options) ?? (await judge(now.options))
  return fault === null ? now : { ...now, options: before.options, optionsFault: fault }
}
