import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
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
      apply: () => answerOf(command, objects, service),
      ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    })
  return { send } as unknown as S3Client
}

function answerOf(command: object, objects: Map<string, string>, { random }: Service): object {
  if (command instanceof PutObjectCommand) {
    const { Key, Body } = command.input
    objects.set(String(Key), String(Body))
    return {}
  }
  if (command instanceof GetObjectCommand) {
    const text = objects.get(String(command.input.Key))
    // Those who may not list the bucket hear the other.
    if (text === undefined) throw random.chance(0.5) ? missing('NoSuchKey', 404) : missing('AccessDenied', 403)
    return { Body: { transformToString: async () => text } }
  }
  if (command instanceof DeleteObjectCommand) {
    objects.delete(String(command.input.Key))
    return {}
  }
  throw failure('NotImplemented', `no such request is known here: ${command.constructor.name}`, 501)
}

function missing(name: string, status: number): Error {
  return failure(name, 'there is no such object', status)
}
