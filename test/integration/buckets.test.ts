import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createS3Bucket } from '../../functions/adapters/aws/s3-bucket.ts'
import { s3Client } from '../../functions/adapters/aws/s3-client.ts'
import { createFolderBucket } from '../../functions/adapters/files/folder-bucket.ts'
import { type S3Standin, startS3 } from '../helpers/s3-standin.ts'

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

  test('what is written is readable for all whatever the umask, and the folders with it', async () => {
    const former = process.umask(0o077)
    try {
      await createFolderBucket(folder).put('zones/net/a.zone', text)
    } finally {
      process.umask(former)
    }
    expect(statSync(join(folder, 'zones/net/a.zone')).mode & 0o7777).toBe(0o644)
    for (const made of ['', 'zones', 'zones/net']) expect(statSync(join(folder, made)).mode & 0o7777).toBe(0o755)
  })

  test.each([0o600, 0o640, 0o664, 0o444])('mode %o stays when a file is replaced', async mode => {
    const bucket = createFolderBucket(folder)
    await bucket.put('zones/net/a.zone', 'old')
    chmodSync(join(folder, 'zones/net/a.zone'), mode)
    await bucket.put('zones/net/a.zone', text)
    expect(statSync(join(folder, 'zones/net/a.zone')).mode & 0o7777).toBe(mode)
  })

  test.runIf(process.getuid?.() === 0)('owner and group stay when a file is replaced', async () => {
    const bucket = createFolderBucket(folder)
    await bucket.put('live/net.live', 'old')
    chownSync(join(folder, 'live/net.live'), 4711, 4712)
    await bucket.put('live/net.live', 'new')
    expect(statSync(join(folder, 'live/net.live'))).toMatchObject({ uid: 4711, gid: 4712 })
  })

  test.each([1, 200, 235, 250])('a zone whose name has %i characters is written', async length => {
    const bucket = createFolderBucket(folder)
    const key = `zones/net/${'a.'.repeat(125).slice(0, length - 1)}z.zone`
    await bucket.put(key, text)
    expect([...(await bucket.list('zones/net/')).keys()]).toEqual([key])
  })

  test('lists the files whose keys begin so, by their MD5, and nothing that is no file', async () => {
    const bucket = createFolderBucket(folder)
    expect([...(await bucket.list('zones/net/'))]).toEqual([])
    const etag = await bucket.put('zones/net/a.zone', text)
    await bucket.put('zones/net2/a.zone', text)
    await bucket.put('live/net.live', text)
    mkdirSync(join(folder, 'zones/net/b.zone'))
    writeFileSync(join(folder, 'zones/net/.aside-1-abcd'), 'half')
    execFileSync('mkfifo', [join(folder, 'zones/net/c.zone')])
    symlinkSync('/dev/zero', join(folder, 'zones/net/d.zone'))
    symlinkSync('nowhere', join(folder, 'zones/net/e.zone'))
    expect([...(await bucket.list('zones/net/'))]).toEqual([['zones/net/a.zone', etag]])
    expect([...(await bucket.list('live/net.live')).keys()]).toEqual(['live/net.live'])
    expect(etag).toBe(createHash('md5').update(text).digest('hex'))
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

  test('what is not there is missing, for those who may know', async () => {
    expect(await bucketOf(s3.url).get('zones/net/none.zone')).toBeNull()
  })

  test.each([
    ['is there', 's3:GetObject'],
    ['is not there', 's3:ListBucket'],
  ])('access denied is never "missing": an object that %s, without %s', async (what, right) => {
    if (what === 'is there') s3.objects.set('zones/net/a.zone', text)
    s3.allow(({ action }) => action !== right)
    const reading = bucketOf(s3.url).get('zones/net/a.zone')
    await expect(reading).rejects.toThrow(
      'access to s3://the-bucket/zones/net/a.zone is denied: it takes s3:GetObject on it and s3:ListBucket on the bucket',
    )
  })

  test('lists what begins so, over all pages, with the ETags that the writes gave', async () => {
    const bucket = bucketOf(s3.url)
    const etag = await bucket.put('zones/net/a.zone', text)
    expect(etag).toBe(createHash('md5').update(text).digest('hex'))
    for (let at = 0; at < 2100; at++) s3.objects.set(`zones/net/z${at}.zone`, '')
    s3.objects.set('zones/other/a.zone', text)
    const listed = await bucket.list('zones/net/')
    expect(listed.size).toBe(2101)
    expect(listed.get('zones/net/a.zone')).toBe(etag)
    expect([...(await bucket.list('none/'))]).toEqual([])
  })

  test('a list that is denied says what it takes', async () => {
    s3.allow(() => false)
    await expect(bucketOf(s3.url).list('zones/net/')).rejects.toThrow('it takes s3:ListBucket on it')
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
