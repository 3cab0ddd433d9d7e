import { createHash } from 'node:crypto'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Process } from '../world/process.ts'
import { ask, failure, type Service } from './service.ts'

/** Whose requests go through a client, and who looks on. */
export interface BucketCaller {
  readonly process: Process
  /** A write leaves. */
  readonly writing: (key: string, text: string) => void
}

/** The part of the SDK's client that the bucket adapter uses: `send`, over objects in memory. */
export function bucketClient(objects: Map<string, string>, service: Service, caller: BucketCaller): S3Client {
  const send = async (command: object, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
    ask(service, {
      process: caller.process,
      leaving: async () => {
        if (command instanceof PutObjectCommand) {
          caller.writing(String(command.input.Key), String(command.input.Body))
        }
      },
      apply: () => answerOf(command, objects),
      ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    })
  return { send } as unknown as S3Client
}

function answerOf(command: object, objects: Map<string, string>): object {
  if (command instanceof PutObjectCommand) {
    const { Key, Body } = command.input
    objects.set(String(Key), String(Body))
    return { ETag: etagOf(String(Body)) }
  }
  if (command instanceof GetObjectCommand) {
    const text = objects.get(String(command.input.Key))
    if (text === undefined) throw failure('NoSuchKey', 'there is no such object', 404)
    return { Body: { transformToString: async () => text } }
  }
  if (command instanceof DeleteObjectCommand) {
    objects.delete(String(command.input.Key))
    return {}
  }
  if (command instanceof ListObjectsV2Command) {
    const { Prefix = '', Delimiter } = command.input
    const listed = [...objects].filter(([key]) => key.startsWith(Prefix))
    if (Delimiter !== undefined) {
      const folders = listed.flatMap(([key]) => {
        const end = key.indexOf(Delimiter, Prefix.length)
        return end === -1 ? [] : [key.slice(0, end + 1)]
      })
      return { CommonPrefixes: [...new Set(folders)].map(folder => ({ Prefix: folder })), IsTruncated: false }
    }
    return { Contents: listed.map(([Key, text]) => ({ Key, ETag: etagOf(text) })), IsTruncated: false }
  }
  throw failure('NotImplemented', `no such request is known here: ${command.constructor.name}`, 501)
}

function etagOf(text: string): string {
  return `"${createHash('md5').update(text).digest('hex')}"`
}
