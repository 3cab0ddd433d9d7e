import { messageOf } from '../../core/domain/message.ts'
import { type Foreign, nobodys } from '../../core/publication/handover.ts'
import { hasAsOwn, type Manifest, parseManifest } from '../../core/publication/manifest.ts'
import { laterSerial } from '../../core/zone/serial.ts'
import { inParallel } from '../flow/pool.ts'
import type { Bucket } from '../ports/ports.ts'
import { manifestKey, namedConfKey } from './keys.ts'
import { zonesIn } from './read-back.ts'

const readsAtOnce = 32

/** What another network is known to have: its manifest, or the clauses of its named.conf; a text says why neither. */
type Holdings = { readonly network: string } & (
  | { readonly manifest: Manifest }
  | { readonly clauses: ReadonlySet<string> }
  | { readonly trouble: string }
)

/**
 * What all other networks in the bucket, those that have left the configuration too, say of zones that are new to this
 * one (behaviour §7.6). Never rejects: what cannot be read blocks.
 */
export async function readForeign(
  network: string,
  zones: readonly string[],
  bucket: Bucket,
  signal: AbortSignal,
): Promise<Map<string, Foreign>> {
  if (zones.length === 0) return new Map()
  try {
    const others = (await bucket.folders('zones/', signal)).filter(name => name !== network)
    const holdings: Holdings[] = []
    await inParallel(
      others,
      readsAtOnce,
      () => signal.aborted,
      async name => void holdings.push(await readHoldings(name, bucket, signal)),
    )
    signal.throwIfAborted()
    return new Map(zones.map(zone => [zone, foreignOf(zone, holdings)]))
  } catch (error) {
    const blocked = `it is not known whether another network has it: ${messageOf(error)}`
    return new Map(zones.map(zone => [zone, { blocked, serial: 0 }]))
  }
}

async function readHoldings(network: string, bucket: Bucket, signal: AbortSignal): Promise<Holdings> {
  try {
    const text = await bucket.get(manifestKey(network), signal)
    if (text === null) {
      const namedConf = (await bucket.get(namedConfKey(network), signal)) ?? ''
      return { network, clauses: new Set(zonesIn(namedConf)) }
    }
    const manifest = parseManifest(text)
    if (typeof manifest !== 'string') return { network, manifest }
    return { network, trouble: `the manifest of network ${network} cannot be used (${manifest})` }
  } catch (error) {
    return { network, trouble: `the manifest of network ${network} cannot be read (${messageOf(error)})` }
  }
}

function foreignOf(zone: string, holdings: readonly Holdings[]): Foreign {
  let { blocked, serial } = nobodys
  for (const one of holdings) {
    if ('trouble' in one) blocked ??= one.trouble
    else if ('clauses' in one ? one.clauses.has(zone) : hasAsOwn(one.manifest, zone))
      blocked = `network ${one.network} still has it`
    if (!('manifest' in one)) continue
    for (const row of one.manifest.zones) if (row.zone === zone) serial = laterSerial(serial, row.serial)
  }
  return { blocked, serial }
}
