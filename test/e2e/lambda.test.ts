import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import type { Cloud } from '../helpers/cloud.ts'
import type { Edges } from '../helpers/edges.ts'
import type { Invoked } from '../helpers/lambda-runtime.ts'
import { startSite } from '../helpers/site.ts'

// The assets of the cloud assembly, each in a process of its own, with the rights of its synthesized role.

const addresses = ['127.0.0.11', '127.0.0.12', '127.0.0.13']
const scheduled = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.scheduler',
  account: '123456789012',
  time: '2026-11-22T09:00:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/edgemanage-net'],
  detail: '{}',
}
const writes = /PutItem|UpdateItem|DeleteItem|BatchWrite|Transact|PutObject|DeleteObject|other/

let edges: Edges
let cloud: Cloud
let close: () => Promise<void>

beforeAll(async () => {
  const site = startSite(addresses, place => {
    for (const network of ['twice', 'dark', 'ordered', 'told']) {
      place.write(`config/edges/${network}`, `${addresses.join('\n')}\n`)
      place.write(`config/zones/${network}/${network}.example.zone`, '')
    }
    place.settings({
      networks: { dark: { references: ['http://127.0.0.1:9/'] }, told: { metrics: { per_edge: true } } },
    })
  })
  ;({ edges, cloud, close } = await site)
})

afterAll(() => close())

function reportOf({ answer, error }: Invoked): Report {
  if (error !== null) throw new Error(`${error.errorType}: ${error.errorMessage}`)
  return answer as Report
}

/** What a function asked of table and bucket, by action. */
function askedBy(functionName: string): string[] {
  const all = [...cloud.table.journal, ...cloud.bucket.journal]
  return all.filter(({ caller }) => caller === functionName).map(({ action }) => action)
}

/** The lines of a log that carry metrics: the names with their values, the namespace and the dimensions. */
function metricsIn(log: string) {
  return log.split('\n').flatMap(line => {
    if (!line.includes('"_aws"')) return []
    const { _aws, ...values } = JSON.parse(line)
    const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics
    const names: string[] = Metrics.map(({ Name }: { Name: string }) => Name)
    const dimensions = Object.fromEntries(Dimensions[0].map((name: string) => [name, values[name]]))
    return [{ namespace: Namespace, dimensions, values: Object.fromEntries(names.map(name => [name, values[name]])) }]
  })
}

/** What the alarms of a network look at, apart from the platform's own metrics. */
function watched(network: string) {
  const alarms = cloud.stack.ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties)
  return alarms
    .filter(
      ({ AlarmName, Namespace }) =>
        String(AlarmName).startsWith(`edgemanage-${network}-`) && Namespace !== 'AWS/Lambda',
    )
    .map(({ Namespace, MetricName, Dimensions }) => {
      const dimensions = (Dimensions as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value])
      return { namespace: Namespace, name: String(MetricName), dimensions: Object.fromEntries(dimensions) }
    })
}

describe('the functions of a stack', () => {
  test('a dry run gives the full plan and sends not one write request', async () => {
    const dryRun = await cloud.start('edgemanage-net-dry-run')
    const report = reportOf(await dryRun.invoke({}))
    expect(report).toMatchObject({ network: 'net', status: 'ok', dryRun: true })
    expect(report.live).toHaveLength(2)
    expect(report.in.map(({ edge }) => edge).sort()).toEqual(report.live)
    expect(report.zones.map(({ zone, action }) => [zone, action])).toEqual([
      ['example.net', 'planned'],
      ['example.org', 'planned'],
    ])
    for (const { text } of report.zones) for (const edge of report.live) expect(text).toContain(edge)
    expect(askedBy('edgemanage-net-dry-run').length).toBeGreaterThan(0)
    expect(askedBy('edgemanage-net-dry-run').filter(action => writes.test(action))).toEqual([])
    expect(metricsIn(dryRun.log())).toEqual([])
    expect(cloud.bucket.objects.size).toBe(0)
  })

  test("the schedule's event gives zones in the bucket, and metrics that the alarms look at", async () => {
    const manage = await cloud.start('edgemanage-net-manage')
    const report = reportOf(await manage.invoke(scheduled))
    expect(report).toMatchObject({ network: 'net', status: 'ok', dryRun: false, rotated: true })
    expect([...cloud.bucket.objects.keys()].sort()).toEqual([
      'live/net.live',
      'zones/net/example.net.zone',
      'zones/net/example.org.zone',
      'zones/net/manifest.json',
      'zones/net/named.conf',
    ])
    const zone = cloud.bucket.objects.get('zones/net/example.org.zone')
    for (const edge of report.live) expect(zone).toContain(edge)
    expect(zone).toContain('mail 300 IN A 192.0.2.25')
    expect(reportOf(await manage.invoke(scheduled)).status).toBe('too_soon')
    const [metrics] = metricsIn(manage.log())
    expect(metrics?.values).toMatchObject({ LiveEdges: 2, SlowestLiveSeconds: expect.any(Number), Rotations: 1 })
  })

  test('every metric that an alarm looks at is sent so by the bundle, and every one sent is looked at', async () => {
    edges.behave('127.0.0.12', { body: 'something else\n' })
    cloud.bucket.delay('zones/net/example.net.zone', 20_000)
    const manage = await cloud.start('edgemanage-net-manage')
    reportOf(await manage.invoke({ force: true, forceUpdate: true }, 12_000))
    cloud.bucket.delay('zones/net/example.net.zone', 0)
    reportOf(await manage.invoke({ force: true }))
    edges.behave('127.0.0.12', {})
    const dark = await cloud.start('edgemanage-dark-manage')
    expect(reportOf(await dark.invoke(scheduled)).status).toBe('blind')
    for (const [network, log] of [
      ['net', manage.log()],
      ['dark', dark.log()],
    ] as const) {
      const dimensions = { service: 'edgemanage', Network: network }
      for (const metrics of metricsIn(log)) expect(metrics).toMatchObject({ namespace: 'edgemanage', dimensions })
      for (const alarm of watched(network)) expect(alarm).toMatchObject({ namespace: 'edgemanage', dimensions })
    }
    const sent = [...metricsIn(manage.log()), ...metricsIn(dark.log())].flatMap(({ values }) => Object.keys(values))
    expect([...new Set([...sent, 'Rotations'])].sort()).toEqual(
      [...new Set(watched('net').map(({ name }) => name))].sort(),
    )
  })

  test('a function that must stop early leaves zones due, not lost', async () => {
    const manage = await cloud.start('edgemanage-net-manage')
    reportOf(await manage.invoke({ force: true }))
    const key = 'zones/net/example.org.zone'
    const before = cloud.bucket.objects.get(key)
    cloud.bucket.delay(key, 20_000)
    const early = reportOf(await manage.invoke({ force: true, forceUpdate: true }, 12_000))
    expect(early.zones.map(({ zone, action }) => [zone, action])).toEqual([
      ['example.net', 'published'],
      ['example.org', 'due'],
    ])
    expect(cloud.bucket.objects.get(key)).toBe(before)
    cloud.bucket.delay(key, 0)
    const next = reportOf(await (await cloud.start('edgemanage-net-manage')).invoke({ force: true }))
    const serial = (report: Report) => report.zones.find(({ zone }) => zone === 'example.org')?.serial ?? 0
    expect(next.zones.map(({ zone, action }) => [zone, action])).toEqual([
      ['example.net', 'unchanged'],
      ['example.org', 'published'],
    ])
    expect(serial(next)).toBeGreaterThan(serial(early))
    expect(cloud.bucket.objects.get(key)).toContain(String(serial(next)))
  })

  test('the same event delivered twice at once is one cycle', async () => {
    for (const address of addresses) edges.behave(address, { delayMs: 300 })
    const both = await Promise.all([cloud.start('edgemanage-twice-manage'), cloud.start('edgemanage-twice-manage')])
    const reports = (await Promise.all(both.map(manage => manage.invoke(scheduled)))).map(reportOf)
    for (const address of addresses) edges.behave(address, {})
    expect(reports.map(({ status }) => status).sort()).toEqual(['locked', 'ok'])
    const zones = cloud.bucket.journal.filter(({ key }) => key === 'zones/twice/twice.example.zone')
    expect(zones.filter(({ action }) => action === 's3:PutObject')).toHaveLength(1)
  })

  test('a wrong event and a table out of reach are errors of the function', async () => {
    const manage = await cloud.start('edgemanage-net-manage')
    const wrong = await manage.invoke({ forced: true })
    expect(wrong.error).toMatchObject({ errorType: 'InvalidInput', errorMessage: expect.stringContaining('forced') })
    expect(wrong.error?.errorMessage).toContain('Send {}')
    const asked = () => cloud.table.journal.length
    const before = asked()
    const sample = await manage.invoke({ key1: 'value1', key2: 'value2', key3: 'value3' })
    expect(sample.error).toBeNull()
    expect(sample.answer).toEqual({ help: expect.stringMatching(/No cycle ran.*Send \{\} /) })
    expect(asked()).toBe(before)
    const lost = await cloud.start('edgemanage-net-manage', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' })
    expect((await lost.invoke(scheduled)).error).toMatchObject({ errorType: 'CycleFailed' })
  })

  test('an order is stored, answered as stored, and acted on by the next cycle', async () => {
    const configure = await cloud.start('edgemanage-ordered-configure')
    const asked = { edge: '127.0.0.13', mode: 'force', comment: 'traffic', expires: '2h', by: 'alice' }
    const { answer, error } = await configure.invoke(asked)
    expect(error).toBeNull()
    const order = answer as { since: string; expires: string }
    expect(order).toMatchObject({ edge: '127.0.0.13', mode: 'force', comment: 'traffic', by: 'alice' })
    expect(Date.parse(order.expires) - Date.parse(order.since)).toBe(7_200_000)
    const manage = await cloud.start('edgemanage-ordered-manage')
    const report = reportOf(await manage.invoke({ force: true }))
    expect(report.live).toContain('127.0.0.13')
    expect(report.edges.find(({ edge }) => edge === '127.0.0.13')).toMatchObject({ mode: 'force', state: 'in' })
    const end = await configure.invoke({ edge: '127.0.0.13', mode: 'available' })
    expect(end.answer).toMatchObject({ mode: 'available', expires: null, by: expect.stringMatching(/^request \S+/) })
    const frozen = await configure.invoke({ freeze: true, comment: 'launch' })
    expect(frozen.answer).toMatchObject({ freeze: true, comment: 'launch', expires: null })
    const held = reportOf(await manage.invoke({ force: true }))
    expect(held.frozen).toBe(true)
    expect(held.edges.every(({ mode }) => mode === 'available')).toBe(true)
    expect((await configure.invoke({ freeze: false })).answer).toMatchObject({ freeze: false })
    expect(reportOf(await manage.invoke({ force: true })).frozen).toBe(false)
  })

  test('a wrong order is refused with every reason, and stores nothing', async () => {
    const configure = await cloud.start('edgemanage-ordered-configure')
    const before = askedBy('edgemanage-ordered-configure').filter(action => writes.test(action)).length
    const edge = '127.0.0.13'
    for (const [event, reason] of [
      [{}, 'edge is missing'],
      [{ edge }, 'mode is missing'],
      [{ edge, mode: 'forced', comment: 'x' }, 'mode'],
      [{ edge, mode: 'force' }, 'a comment is required'],
      [
        { edge, mode: 'force', comment: 'x', expires: 'soon', by: '' },
        "by must not be empty; expires 'soon' is neither",
      ],
      [{ edge: '192.0.2.1', mode: 'force', comment: 'x' }, 'not in the edge list'],
      [{ edge, mode: 'force', comment: 'x', freeze: true }, 'freeze goes with neither'],
      [{ freeze: true }, 'a comment is required'],
      [{ edge, mode: 'force', comment: 'x', until: '2h' }, 'until'],
    ] as const) {
      const errorMessage = expect.stringContaining(reason)
      expect((await configure.invoke(event)).error).toMatchObject({ errorType: 'InvalidInput', errorMessage })
    }
    expect(askedBy('edgemanage-ordered-configure').filter(action => writes.test(action))).toHaveLength(before)
  })

  test('what changed is told in one request, a quiet cycle tells nothing, and each edge has metrics if asked for', async () => {
    const manage = await cloud.start('edgemanage-told-manage')
    const first = reportOf(await manage.invoke(scheduled))
    const requests = () => cloud.bus.journal.filter(({ caller }) => caller === 'edgemanage-told-manage')
    expect(requests().map(({ events }) => events.map(({ happening }) => happening))).toEqual([
      ['cycle finished with changes', 'edges rotated', 'zones published', 'edge state changed'],
    ])
    for (const { source, detail } of requests()[0]?.events ?? []) {
      expect(source).toBe('edgemanage')
      expect(detail).toMatchObject({ version: 1, network: 'told', time: first.startedAt })
    }
    const perEdge = metricsIn(manage.log()).filter(({ dimensions }) => 'Edge' in dimensions)
    expect(perEdge.map(({ dimensions }) => dimensions)).toEqual(
      addresses.map(Edge => ({ service: 'edgemanage', Network: 'told', Edge })),
    )
    for (const { values } of perEdge) expect(values).toMatchObject({ FetchSeconds: expect.any(Number) })
    expect(perEdge.map(({ values }) => values.Live).filter(live => live === 1)).toHaveLength(2)
    const quiet = reportOf(await manage.invoke({ force: true }))
    expect(quiet).toMatchObject({ rotated: false, warnings: [] })
    expect(requests()).toHaveLength(1)
  })

  test.each(['refuses', 'fails'] as const)(
    'a bus that %s is a warning, and fails neither cycle nor order',
    async how => {
      cloud.bus.behave(how)
      const manage = await cloud.start('edgemanage-told-manage')
      const report = reportOf(await manage.invoke({ force: true, forceUpdate: true }))
      const configure = await cloud.start('edgemanage-told-configure')
      const { answer, error } = await configure.invoke({ freeze: false })
      cloud.bus.behave('takes')
      expect(report.status).toBe('ok')
      expect(report.zones.every(({ action }) => action === 'published')).toBe(true)
      expect(report.warnings).toEqual([expect.stringMatching(/^events were not sent: /)])
      expect({ answer, error }).toMatchObject({ answer: { freeze: false }, error: null })
      expect(configure.log()).toContain('events were not sent')
      expect(cloud.bus.journal.at(-1)?.events).toMatchObject([
        { source: 'edgemanage', happening: 'order given', detail: { version: 1, network: 'told', order: 'thaw' } },
      ])
    },
  )

  test('no request went beyond the rights of its role', () => {
    expect(cloud.refused()).toEqual([])
  })
})
