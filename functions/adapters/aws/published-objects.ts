import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3'
import { messageOf } from '../../core/domain/message.ts'
import { maxManifestBytes, maxZoneBytes } from '../../core/following/sizes.ts'
import type { PublishedZones } from '../../cycle/ports/following.ts'

/**
 * What is published on S3, for those who may read `zones/*` and nothing else: to them S3 says of an object that is not
 * there that access is denied.
 */
export function publishedObjects(client: S3Client, bucketName: string): PublishedZones {
  const get = async (key: string, maxBytes: number, etag: string | null) => {
    const condition = etag === null ? {} : { IfNoneMatch: `"${etag}"` }
    const answer = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key, ...condition }))
    return { etag: answer.ETag?.replaceAll('"', '') ?? '', bytes: await bytesOf(answer, key, maxBytes) }
  }
  return {
    manifest: async (network, etag) => {
      const key = `zones/${network}/manifest.json`
      try {
        const found = await get(key, maxManifestBytes, etag)
        return { is: 'read', text: Buffer.from(found.bytes).toString('utf8'), etag: found.etag }
      } catch (error) {
        if (statusOf(error) === 304) return { is: 'unchanged' }
        return { is: 'unreadable', reason: `its manifest cannot be read: ${explained(error, bucketName, key)}` }
      }
    },
    file: async key => {
      try {
        return (await get(key, maxZoneBytes, null)).bytes
      } catch (error) {
        throw new Error(explained(error, bucketName, key), { cause: error })
      }
    },
  }
}

async function bytesOf({ Body, ContentLength }: GetObjectCommandOutput, key: string, maxBytes: number) {
  if ((ContentLength ?? 0) > maxBytes) {
    ;(Body as { destroy?: () => void } | undefined)?.destroy?.()
    throw new Error(`${key} is larger than ${maxBytes} bytes`)
  }
  return (await Body?.transformToByteArray()) ?? new Uint8Array()
}

function explained(error: unknown, bucketName: string, key: string): string {
  const status = statusOf(error)
  if (status === 404 && (error as Error).name !== 'NoSuchBucket') return `there is no s3://${bucketName}/${key}`
  if (status === 403) return `s3://${bucketName}/${key} is not there, or s3:GetObject on it is not allowed`
  return messageOf(error)
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}
