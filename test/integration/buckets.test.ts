import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFolderBucket } from '../../functions/adapters/folder-bucket.ts'
import { createS3Bucket } from '../../functions/adapters/s3-bucket.ts'
import { s3Client } from '../../functions/adapters/s3-client.ts'
import { type S3Standin, startS3 } from '../fixtures/s3-standin.ts'

const text = 'zone\nmit Umlaut: ä\n'

describe('a folder as the bucket', () => {
  let folder: string
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'edgemanage-bucket-')), 'bucket')
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

  test('gives back what was put, whole, and nothing else lies about', async () => {
    const bucket = createFolderBucket(folder)
    expect(await bucket.get('zones/net/a.zone')).toBeNull()
    expect(existsSync(folder)).toBe(false)
    await bucket.put('zones/net/a.zone', 'old')
    await bucket.put('zones/net/a.zone', text)
    expect(await bucket.get('zones/net/a.zone')).toBe(text)
    expect(readdirSync(join(folder, 'zones/net'))).toEqual(['a.zone'])
    await bucket.delete('zones/net/a.zone')
    await bucket.delete('zones/net/a.zone')
    expect(await bucket.get('zones/net/a.zone')).toBeNull()
  })

  test('what a killed process left half-written is swept, and never taken for an object', async () => {
    mkdirSync(join(folder, 'live'), { recursive: true })
    writeFileSync(join(folder, 'live/.aside-net.live-999999999-abcd'), 'hal')
    await createFolderBucket(folder).put('live/net.live', 'edge1\n')
    expect(readdirSync(join(folder, 'live'))).toEqual(['net.live'])
  })

  test.each(['../a', 'a/../../b', 'a//b', '/a', ''])('no object is called %j', async key => {
    await expect(createFolderBucket(folder).put(key, text)).rejects.toThrow('no key')
  })

  test('a failed write leaves the old object', async () => {
    const bucket = createFolderBucket(folder)
    await bucket.put('live/net.live', 'old')
    rmSync(join(folder, 'zones'), { force: true, recursive: true })
    writeFileSync(join(folder, 'zones'), 'a file where a folder should be')
    await expect(bucket.put('zones/net/a.zone', text)).rejects.toThrow()
    chmodSync(join(folder, 'live'), 0o755)
    expect(readFileSync(join(folder, 'live/net.live'), 'utf8')).toBe('old')
  })
})

describe('S3 as the bucket', () => {
  let s3: S3Standin
  beforeEach(async () => {
    s3 = await startS3()
  })
  afterEach(() => s3.close())
  const bucketOf = (url: string) => {
    const env = { AWS_ENDPOINT_URL_S3: url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
    Object.assign(process.env, env)
    return createS3Bucket(s3Client(env), 'the-bucket')
  }

  test('gives back what was put, under path-style addresses', async () => {
    const bucket = bucketOf(s3.url)
    await bucket.put('zones/net/a.zone', text)
    expect(await bucket.get('zones/net/a.zone')).toBe(text)
    expect(s3.journal.map(({ action, bucket: name, key }) => [action, name, key])).toEqual([
      ['s3:PutObject', 'the-bucket', 'zones/net/a.zone'],
      ['s3:GetObject', 'the-bucket', 'zones/net/a.zone'],
    ])
  })

  test('a missing object that answers 403 is missing', async () => {
    expect(await bucketOf(s3.url).get('zones/net/none.zone')).toBeNull()
  })

  test('a write that may not be, or that is given up, is an error', async () => {
    const bucket = bucketOf(s3.url)
    s3.delay('slow', 2000)
    await expect(bucket.put('slow', text, AbortSignal.timeout(100))).rejects.toThrow()
    s3.allow(() => false)
    await expect(bucket.put('a', text)).rejects.toThrow()
    expect(s3.objects.size).toBe(0)
  })
})
