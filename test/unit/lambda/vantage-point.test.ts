import { describe, expect, test } from 'vitest'
import type { Probe } from '../../../functions/core/domain/model.ts'
import type { Target } from '../../../functions/cycle/ports/ports.ts'
import { vantageVersion } from '../../../functions/cycle/ports/vantage.ts'
import { createVantagePoint, openVantagePoint } from '../../../functions/lambda/vantage-point.ts'
import { probeOf } from '../../helpers/world.ts'

const request = {
  ...{ proto: 'https', host: 'site.example', port: 443, uri: '/o', verify: true, timeoutSeconds: 5, attempts: 3 },
  ...{ headers: {}, sha256: '0'.repeat(64), bytes: 10 },
}
const question = (changes: object = {}) => ({
  version: vantageVersion,
  request,
  targets: [{ name: 'a', address: '8.8.8.8' }],
  ...changes,
})

/** A vantage point whose probes are told, and what it fetched from. */
function point(probe: (target: Target) => Probe = () => probeOf('ok', 0.25), mayFetch?: (address: string) => boolean) {
  const fetched: string[] = []
  const ask = createVantagePoint({
    region: 'eu-west-1',
    probe: async target => {
      fetched.push(String(target.address))
      return probe(target)
    },
    ...(mayFetch === undefined ? {} : { mayFetch }),
  })
  return { ask, fetched }
}

describe('a vantage point (contract, `vantage`)', () => {
  test('answers how each target did', async () => {
    const { ask, fetched } = point(({ name }) => probeOf(name === 'a' ? 'ok' : 'timeout', 0.25))
    const targets = [
      { name: 'a', address: '8.8.8.8' },
      { name: 'b', address: '2606:4700::1' },
    ]
    expect(await ask(question({ targets }))).toEqual({
      version: vantageVersion,
      region: 'eu-west-1',
      outcomes: [
        { name: 'a', outcome: 'ok', fetchSeconds: 0.25, detail: '' },
        { name: 'b', outcome: 'timeout', fetchSeconds: null, detail: 'timeout' },
      ],
    })
    expect(fetched).toEqual(['8.8.8.8', '2606:4700::1'])
  })

  test('a failure of its own is no vote', async () => {
    const { ask } = point(() => ({ ...probeOf('connection_error'), ownFault: 'EMFILE' }))
    expect((await ask(question())).outcomes).toMatchObject([{ outcome: 'skipped' }])
  })

  const refused = (address: string) => question({ targets: [{ name: 'a', address }] })
  test.each<[string, unknown, RegExp]>([
    ['private', refused('10.1.2.3'), /10\.1\.2\.3 is not a public address/],
    ['loopback', refused('127.0.0.1'), /not a public address/],
    ['link-local', refused('169.254.169.254'), /not a public address/],
    ['multicast', refused('224.0.0.1'), /not a public address/],
    ['private IPv6', refused('fd00:ec2::254'), /not a public address/],
    ['mapped', refused('::ffff:7f00:1'), /not a public address/],
    ['a name', refused('localhost'), /not a valid address/],
    ['another form of an address', refused('0x7f000001'), /not a valid address/],
    ['one among good ones', question({ targets: [...question().targets, ...refused('::1').targets] }), /::1/],
    ['no target', question({ targets: [] }), /targets/],
    ['17 targets', question({ targets: Array(17).fill({ name: 'a', address: '8.8.8.8' }) }), /targets/],
    ['another version', { ...question(), version: 99 }, /this vantage point speaks version 1/],
    ['no version', { request }, /this vantage point speaks version 1/],
    ['a longer deadline', question({ request: { ...request, timeoutSeconds: 16 } }), /request\.timeoutSeconds/],
    ['another protocol', question({ request: { ...request, proto: 'file' } }), /request\.proto/],
    ['nothing', null, /version/],
  ])('refuses %s and fetches nothing', async (_, event, words) => {
    const { ask, fetched } = point()
    const error = await ask(event).catch(thrown => thrown)
    expect(error.name).toBe('InvalidInput')
    expect(error.message).toMatch(words)
    expect(fetched).toEqual([])
  })

  test('names every reason', async () => {
    const targets = [...refused('10.0.0.1').targets, ...refused('127.0.0.1').targets]
    await expect(point().ask(question({ targets }))).rejects.toThrow(/10\.0\.0\.1.*127\.0\.0\.1/)
  })

  test('no environment opens the deployed one to other addresses; only whoever builds it in code can', async () => {
    const env = { AWS_REGION: 'eu-west-1', NODE_ENV: 'test', EDGEMANAGE_TEST: '1', MAY_FETCH: '127.0.0.1' }
    await expect(openVantagePoint(env)(refused('127.0.0.1'))).rejects.toThrow('not a public address')
    expect((await point(undefined, () => true).ask(refused('127.0.0.1'))).outcomes).toMatchObject([{ outcome: 'ok' }])
  })
})
