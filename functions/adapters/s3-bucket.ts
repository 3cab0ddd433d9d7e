import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Bucket } from '../cycle/ports.ts'

/** Without `s3:ListBucket` a missing object answers 403, with it 404: both mean that there is none. */
const missing = new Set([403, 404])

/** The bucket on S3. A failing request throws the SDK's own error. */
export function createS3Bucket(client: S3Client, bucketName: string): Bucket {
  const at = (key: string) => ({ Bucket: bucketName, Key: key })
  const options = (signal?: AbortSignal) => (signal === undefined ? {} : { abortSignal: signal })
  return {
    get: async (key, signal) => {
      try {
        const answer = await client.send(new GetObjectCommand(at(key)), options(signal))
        return (await answer.Body?.transformToString('utf-8')) ?? ''
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    put: async (key, text, signal) => {
      const input = { ...at(key), Body: text, ContentType: 'text/plain; charset=utf-8' }
      await client.send(new PutObjectCommand(input), options(signal))
    },
    delete: async key => {
      await client.send(new DeleteObjectCommand(at(key)))
    },
  }
}

/** Whether S3 says that there is no such object; a missing bucket or wrong credentials are another matter. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const status = (error as Error & { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0
  const other = new Set([
    'NoSuchBucket',
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'ExpiredToken',
    'RequestTimeTooSkewed',
  ])
  return missing.has(status) && !other.has(error.name)
}
