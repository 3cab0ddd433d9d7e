import { createHash } from 'node:crypto'
import { renderManifest } from '../../functions/core/publication/manifest.ts'
import type { S3Standin } from './s3-standin.ts'

/** A zone as a name server loads it, with a serial and an address that differ with the number. */
export const zoneText = (serial: number, more = '') => `$TTL 60
@ SOA ns1.example.net. host.example.net. ${serial} 60 60 60 60
@ NS ns1.example.net.
@ A 192.0.2.${1 + (serial % 200)}
${more}`

/** Publishes zones as a cycle would: files first, then the manifest. */
export function publishZones(
  s3: S3Standin,
  network: string,
  texts: Readonly<Record<string, string>>,
  serial: number,
): void {
  const zones = Object.entries(texts).map(([zone, text]) => {
    const key = `zones/${network}/${zone}.zone`
    s3.objects.set(key, text)
    return { zone, key, serial, sha256: createHash('sha256').update(text).digest('hex'), handedOver: false }
  })
  s3.objects.set(`zones/${network}/manifest.json`, renderManifest({ network, zones, namedConf: null, claims: [] }))
}
