import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderManifest } from '../../functions/core/publication/manifest.ts'
import { type S3Standin, startS3 } from './s3-standin.ts'

/** A zone as a name server loads it, with a serial and an address that differ with the number. */
export const zoneText = (serial: number, more = '') => `$TTL 60
@ SOA ns1.example.net. host.example.net. ${serial} 60 60 60 60
@ NS ns1.example.net.
@ A 192.0.2.${1 + (serial % 200)}
${more}`

/** A bucket that a follower reads, and a folder that it fills beside a name server of which only `rndc` is there. */
export interface FollowedBucket {
  readonly s3: S3Standin
  readonly folder: string
  readonly served: string
  readonly env: Readonly<Record<string, string>>
  /** The words of `follow`, which reports in JSON. */
  readonly follow: (...more: string[]) => string[]
  readonly reload: string
  /** What `rndc` was asked since this was asked last. */
  readonly asked: () => string[]
  /** Publishes zones as a cycle would: files first, then the manifest. */
  readonly publish: (network: string, texts: Readonly<Record<string, string>>, serial: number) => void
  readonly close: () => Promise<void>
}

export async function startFollowedBucket(): Promise<FollowedBucket> {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-follow-'))
  const [served, calls, reload] = [join(folder, 'served'), join(folder, 'calls'), join(folder, 'rndc')]
  writeFileSync(calls, '')
  writeFileSync(reload, `#!/bin/sh\necho "$@" >> ${calls}\n`)
  chmodSync(reload, 0o755)
  const s3 = await startS3()
  return {
    ...{ s3, folder, served, reload },
    env: {
      ...{ BUCKET_NAME: 'bucket', AWS_ENDPOINT_URL_S3: s3.url, AWS_REGION: 'eu-west-1' },
      ...{ AWS_ACCESS_KEY_ID: 'follower', AWS_SECRET_ACCESS_KEY: 'x' },
    },
    follow: (...more) => ['follow', '--to', served, '--reload', reload, '--json', ...more],
    asked: () => {
      const lines = readFileSync(calls, 'utf8').split('\n').filter(Boolean)
      writeFileSync(calls, '')
      return lines
    },
    publish: (network, texts, serial) => {
      const zones = Object.entries(texts).map(([zone, text]) => {
        const key = `zones/${network}/${zone}.zone`
        s3.objects.set(key, text)
        return { zone, key, serial, sha256: createHash('sha256').update(text).digest('hex'), handedOver: false }
      })
      s3.objects.set(`zones/${network}/manifest.json`, renderManifest({ network, zones, namedConf: null, claims: [] }))
    },
    close: async () => {
      await s3.close()
      rmSync(folder, { recursive: true })
    },
  }
}
