import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { lazyVantagePoints } from '../../functions/adapters/aws/lazy-vantage-points.ts'
import { createVantagePoints } from '../../functions/adapters/aws/vantage-points.ts'
import { type Question, vantageVersion } from '../../functions/cycle/ports/vantage.ts'
import { type LambdaStandin, startLambda, type VantageBehaviour } from '../helpers/lambda-standin.ts'

const region = 'eu-west-1'
let lambda: LambdaStandin

beforeAll(async () => {
  lambda = await startLambda()
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', lambda.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'manage')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await lambda.close()
})

const question: Question = {
  request: {
    ...{ proto: 'http', host: 'site.example', port: 9, uri: '/o', verify: false, headers: {} },
    ...{ timeoutSeconds: 1, attempts: 1, sha256: '0'.repeat(64), bytes: 10 },
  },
  targets: ['a', 'b'].map(name => ({ name, address: '127.0.0.1' })),
}
const ask = (behaviour: VantageBehaviour, signal = new AbortController().signal) => {
  lambda.behave(region, behaviour)
  return createVantagePoints(new Map([[region, 'edgemanage-vantage']]))(region, question, signal)
}
const one = { name: 'a', outcome: 'ok', fetchSeconds: 0.1, detail: '' }
const says = (changes: object) => ({
  answers: () => ({ version: vantageVersion, region, outcomes: [one], ...changes }),
})
const about = (outcome: object) => says({ outcomes: [{ ...one, ...outcome }] })

describe('the answer of a vantage point is outside input (behaviour §10.2)', () => {
  test.each<[string, VantageBehaviour, object[]]>([
    ['an edge each', says({ outcomes: [one, { ...one, name: 'b' }] }), [{ name: 'a' }, { name: 'b' }]],
    ['a part of the edges', says({}), [{ name: 'a', outcome: 'ok' }]],
    ['nobody', says({ outcomes: [] }), []],
    ['what a later version may add', says({ outcomes: [{ ...one, address: '192.0.2.1' }], more: 1 }), [one]],
    [
      'details that break lines',
      about({ detail: 'a\r\nb\u001b[31m' }),
      [{ detail: expect.stringMatching(/^a b[\x20-\x7e]*$/) }],
    ],
    [
      'endless details',
      about({ detail: 'x'.repeat(5000) }),
      [{ detail: expect.stringMatching(/^x{300}… .4,700 more characters.$/) }],
    ],
  ])('is taken where it tells of %s', async (_, behaviour, expected) => {
    expect(await ask(behaviour)).toMatchObject(expected)
  })

  test.each<[string, VantageBehaviour, RegExp]>([
    ['another version in another form', { answers: () => ({ version: 2, seen: {} }) }, /another version/],
    ['nothing', { answers: () => null }, /unknown form/],
    ['a text', { answers: () => 'ok' }, /unknown form/],
    ['a list', { answers: () => [one] }, /unknown form/],
    ['no outcomes', says({ outcomes: undefined }), /unknown form/],
    ['outcomes by name', says({ outcomes: { a: one } }), /unknown form/],
    ['no version', says({ version: undefined }), /another version/],
    ['an earlier version', says({ version: 0 }), /another version/],
    ['a version in words', says({ version: '1' }), /another version/],
    ['an outcome of its own making', about({ outcome: 'fine' }), /unknown form/],
    ['a name that is none', about({ name: 7 }), /unknown form/],
    ['a name that nobody asked about', about({ name: 'c' }), /not asked about/],
    ['a name in another spelling', about({ name: 'A' }), /not asked about/],
    ['a name that every object has', about({ name: '__proto__' }), /not asked about/],
    ['two outcomes for one edge', says({ outcomes: [one, { ...one, outcome: 'timeout' }] }), /two outcomes/],
    [
      'more outcomes than edges',
      says({ outcomes: ['a', 'b', 'c'].map(name => ({ ...one, name })) }),
      /not asked about/,
    ],
    ['a time before its time', about({ fetchSeconds: -1 }), /unknown form/],
    ['a time in words', about({ fetchSeconds: '0.1' }), /unknown form/],
    ['a megabyte', { bytes: 1_000_000 }, /too long/],
    ['a thousand outcomes', says({ outcomes: Array(2000).fill({ ...one, detail: 'x'.repeat(100) }) }), /too long/],
    ['an error', 'throws', /it failed: out of memory/],
    ['that it is asked too often', 'fails', /Rate Exceeded/],
    ['that there is none', 'is missing', /there is no such function: deploy its stack/],
    ['that it may not be asked', 'is forbidden', /no right to ask it: .*AccessDenied/],
  ])('is refused where it is %s', async (_, behaviour, words) => {
    await expect(ask(behaviour)).rejects.toThrow(words)
  })

  test('is not waited for when the asking has ended', async () => {
    const limit = new AbortController()
    setTimeout(() => limit.abort(), 100)
    await expect(ask('hangs', limit.signal)).rejects.toThrow()
  })
})

test('every question is asked once, whatever comes of it', async () => {
  const before = lambda.journal.length
  await expect(ask('fails')).rejects.toThrow()
  expect(lambda.journal.length - before).toBe(1)
})

test('a region without a function cannot be asked, and without any there is nobody to ask', async () => {
  const point = lazyVantagePoints(new Map([[region, 'edgemanage-vantage']]))
  await expect(point?.('us-west-2', question, new AbortController().signal)).rejects.toThrow(
    'no function of this region',
  )
  expect(lazyVantagePoints(new Map())).toBeUndefined()
})
