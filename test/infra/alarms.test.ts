import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configurationFolder } from '../helpers/configuration.ts'
import { type Synthesized, synthesize, textOfValue } from '../helpers/template.ts'

const folder = configurationFolder(['plain', 'tuned', 'seldom', 'rare'], {
  alarms: { email: 'oncall@example.org' },
  networks: {
    tuned: { edge_count: 5, alarms: { slow_seconds: 2 }, references: ['http://reference.example/'] },
    seldom: { run_frequency: 300 },
    rare: { run_frequency: 5400 },
  },
})
let stack: Synthesized

beforeAll(async () => {
  stack = await synthesize(folder.path)
})

afterAll(() => {
  stack.remove()
  folder.remove()
})

function alarm(network: string, name: string): Record<string, unknown> {
  const wanted = `edgemanage-${network}-${name}`
  const found = stack.ofType('AWS::CloudWatch::Alarm').find(([, { Properties }]) => Properties.AlarmName === wanted)
  if (found === undefined) throw new Error(`there is no alarm ${wanted}`)
  return found[1].Properties
}

/** An alarm in a line: metric, statistic, seconds, comparison, threshold, points, missing data. */
function inWords(network: string, name: string): string {
  const { MetricName, Statistic, Period, Threshold, DatapointsToAlarm, EvaluationPeriods, ...rest } = alarm(
    network,
    name,
  )
  const when = rest.ComparisonOperator === 'LessThanThreshold' ? '<' : '>='
  const points = `${DatapointsToAlarm} of ${EvaluationPeriods}`
  return `${MetricName} ${Statistic} in ${Period} s ${when} ${Threshold}, ${points}, ${rest.TreatMissingData}`
}

describe('alarms', () => {
  test.each([
    ['failed', 'Errors Sum in 60 s >= 1, 2 of 5, notBreaching'],
    ['no-cycle', 'LiveEdges SampleCount in 60 s < 1, 5 of 5, breaching'],
    ['blind', 'Blind Maximum in 60 s >= 1, 3 of 5, notBreaching'],
    ['too-few-live', 'MissingLiveEdges Maximum in 60 s >= 1, 3 of 5, notBreaching'],
    ['verification', 'VerifyFailures Maximum in 60 s >= 1, 3 of 5, notBreaching'],
    ['rotations', 'Rotations Sum in 600 s >= 4, 1 of 1, notBreaching'],
    ['rotations-critical', 'Rotations Sum in 600 s >= 8, 1 of 1, notBreaching'],
    ['slow', 'SlowestLiveSeconds Maximum in 60 s >= 1.5, 3 of 5, notBreaching'],
    ['due', 'ZonesDue Maximum in 60 s >= 1, 3 of 4, notBreaching'],
  ])('%s: %s', (name, words) => {
    expect(inWords('plain', name)).toBe(words)
  })

  test.each([
    ['references', 'tuned', 'blind', 'Blind Maximum in 60 s >= 1, 3 of 5, notBreaching'],
    ['90 minutes', 'rare', 'too-few-live', 'MissingLiveEdges Maximum in 5400 s >= 1, 1 of 1, notBreaching'],
    ['90 minutes: two are missing', 'rare', 'no-cycle', 'LiveEdges SampleCount in 5400 s < 1, 2 of 2, breaching'],
    ['90 minutes: ten cycles', 'rare', 'rotations', 'Rotations Sum in 54000 s >= 4, 1 of 1, notBreaching'],
    ['a threshold of its own', 'tuned', 'slow', 'SlowestLiveSeconds Maximum in 60 s >= 2, 3 of 5, notBreaching'],
    [
      'a cycle every 5 minutes: three are missing',
      'seldom',
      'no-cycle',
      'LiveEdges SampleCount in 300 s < 1, 3 of 3, breaching',
    ],
    [
      'a cycle every 5 minutes: points are cycles',
      'seldom',
      'failed',
      'Errors Sum in 300 s >= 1, 2 of 5, notBreaching',
    ],
  ])('%s', (_what, network, name, words) => {
    expect(inWords(network, name)).toBe(words)
  })

  test('each says what to do, and tells the topic when it goes off and when it is over', () => {
    const topics = stack.ofType('AWS::SNS::Topic').map(([id]) => ({ Ref: id }))
    expect(topics).toHaveLength(1)
    for (const [, { Properties }] of stack.ofType('AWS::CloudWatch::Alarm')) {
      expect(String(Properties.AlarmDescription).length).toBeGreaterThan(100)
      expect(String(Properties.AlarmDescription).length).toBeLessThanOrEqual(1024)
      expect(Properties.AlarmActions).toEqual(topics)
      expect(Properties.OKActions).toEqual(topics)
    }
  })

  test('an e-mail address that several networks name hears of each alarm once', () => {
    const subscriptions = stack.ofType('AWS::SNS::Subscription').map(([, { Properties }]) => Properties)
    expect(subscriptions).toMatchObject([{ Protocol: 'email', Endpoint: 'oncall@example.org' }])
  })

  test('our metrics are named with both dimensions, the function by its name', () => {
    expect(alarm('plain', 'due').Dimensions).toEqual([
      { Name: 'Network', Value: 'plain' },
      { Name: 'service', Value: 'edgemanage' },
    ])
    expect(alarm('plain', 'failed')).toMatchObject({
      Namespace: 'AWS/Lambda',
      Dimensions: [{ Name: 'FunctionName', Value: 'edgemanage-plain-manage' }],
    })
  })
})

test('one alarm for the stack says that the account has no room for functions', () => {
  const found = stack
    .ofType('AWS::CloudWatch::Alarm')
    .filter(([, { Properties }]) => Properties.MetricName === 'Throttles')
  expect(found.map(([, { Properties }]) => Properties)).toMatchObject([
    {
      AlarmName: 'edgemanage-throttled',
      AlarmDescription: expect.stringMatching(/ More: functions\/cli\/TROUBLESHOOTING\.md#alarm-throttled$/),
      Namespace: 'AWS/Lambda',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 5,
    },
  ])
  // Without dimensions it counts every function of the account in this region, so all that probe, of every network (Lambda
  // Developer Guide, "Types of metrics for Lambda functions").
  expect(found.filter(([, { Properties }]) => 'Dimensions' in Properties)).toEqual([])
  const topics = new Set(stack.ofType('AWS::SNS::Topic').map(([id]) => `<${id}>`))
  expect(new Set(found.flatMap(([, { Properties }]) => Properties.AlarmActions as unknown[]).map(textOfValue))).toEqual(
    topics,
  )
})

describe('the dashboard', () => {
  test('is one, named after stack and region, with every network in its graphs', () => {
    const { properties } = stack.only('AWS::CloudWatch::Dashboard')
    // Dashboards are global: those of two regions share their names (CloudWatch User Guide, "Using dashboards").
    expect(textOfValue(properties.DashboardName)).toBe('edgemanage-<AWS::Region>')
    const text = JSON.stringify(properties.DashboardBody)
    for (const metric of ['LiveEdges', 'SlowestLiveSeconds', 'Rotations', 'ZonesDue', 'Errors', 'Duration']) {
      expect(text).toContain(metric)
    }
    for (const network of ['plain', 'tuned', 'seldom', 'rare']) expect(text).toContain(`\\"Network\\",\\"${network}\\"`)
  })
})
