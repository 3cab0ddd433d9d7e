import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Bucket } from '../../cycle/ports/ports.ts'

/**
 * The bucket on S3. A failing request throws the SDK's own error, or one that says which right is missing. Only those who
 * may list the bucket hear that an object is not there; to all others S3 denies access, whether it is or not.
 */
export function createS3Bucket(client: S3Client, bucketName: string): Bucket {
  const at = (key: string) => ({ Bucket: bucketName, Key: key })
  const options = (signal?: AbortSignal) => (signal === undefined ? {} : { abortSignal: signal })
  return {
    get: (key, signal) => getText(client, at(key), options(signal)),
    put: (key, text, signal) => putText(client, at(key), text, options(signal)),
    delete: async key => {
      try {
        await client.send(new DeleteObjectCommand(at(key)))
      } catch (error) {
        throw explained(error, `s3://${bucketName}/${key}`, 's3:DeleteObject on it')
      }
    },
    list: async (prefix, signal) => {
      const etags = new Map<string, string>()
      await eachPage(client, { Bucket: bucketName, Prefix: prefix }, options(signal), ({ Contents = [] }) => {
        for (const { Key, ETag } of Contents) if (Key !== undefined) etags.set(Key, bare(ETag))
      })
      return etags
    },
    folders: async (prefix, signal) => {
      const names: string[] = []
      const input = { Bucket: bucketName, Prefix: prefix, Delimiter: '/' }
      await eachPage(client, input, options(signal), ({ CommonPrefixes = [] }) => {
        for (const { Prefix } of CommonPrefixes) if (Prefix !== undefined) names.push(Prefix.slice(prefix.length, -1))
      })
      return names
    },
  }
}

interface Place {
  readonly Bucket: string
  readonly Key: string
}

interface SendOptions {
  readonly abortSignal?: AbortSignal
}

async function getText(client: S3Client, place: Place, options: SendOptions): Promise<string | null> {
  try {
    const answer = await client.send(new GetObjectCommand(place), options)
    return (await answer.Body?.transformToString('utf-8')) ?? ''
  } catch (error) {
    if (isMissing(error)) return null
    const rights = 's3:GetObject on it and s3:ListBucket on the bucket'
    throw explained(error, `s3://${place.Bucket}/${place.Key}`, rights)
  }
}

async function putText(client: S3Client, place: Place, text: string, options: SendOptions): Promise<string> {
  const input = { ...place, Body: text, ContentType: 'text/plain; charset=utf-8' }
  try {
    return bare((await client.send(new PutObjectCommand(input), options)).ETag)
  } catch (error) {
    throw explained(error, `s3://${place.Bucket}/${place.Key}`, 's3:PutObject on it')
  }
}

/** Goes through a listing page by page. */
async function eachPage(
  client: S3Client,
  input: ListObjectsV2CommandInput & { readonly Bucket: string },
  options: SendOptions,
  take: (page: ListObjectsV2CommandOutput) => void,
): Promise<void> {
  let from: string | undefined
  try {
    do {
      const at = from === undefined ? {} : { ContinuationToken: from }
      const page = await client.send(new ListObjectsV2Command({ ...input, ...at }), options)
      take(page)
      from = page.IsTruncated === true ? page.NextContinuationToken : undefined
    } while (from !== undefined)
  } catch (error) {
    throw explained(error, `s3://${input.Bucket}`, 's3:ListBucket on it')
  }
}

/** An ETag without its quotes. */
function bare(etag: string | undefined): string {
  return etag?.replaceAll('"', '') ?? ''
}

/** Whether S3 says that there is no such object; a missing bucket is another matter. */
function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket'
}

/** A denial as what it takes to be allowed; any other error as it is. */
function explained(error: unknown, what: string, rights: string): unknown {
  if (!(error instanceof Error) || error.name !== 'AccessDenied') return error
  return new Error(`access to ${what} is denied: it takes ${rights}`, { cause: error })
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  return (error as Error & { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}
