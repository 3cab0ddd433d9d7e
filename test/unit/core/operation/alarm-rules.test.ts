import { describe, expect, test } from 'vitest'
import type { Network } from '../../../../functions/core/config/network.ts'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { type AlarmRule, alarmRules } from '../../../../functions/core/operation/alarm-rules.ts'
import { signalsOf } from '../../../../functions/core/report/signals.ts'
import { runCycle } from '../../../../functions/cycle/cycle.ts'
import { goesOff, type Sent } from '../../../helpers/alarm-clock.ts'
import { networkOf, probeOf, settingsOf, World } from '../../../helpers/world.ts'
import { namedConfTemplate, zoneTemplate } from '../../../helpers/zones.ts'

const minutes = (...of: number[]) => of.map(count => count * 60)
const frequencies = [...minutes(1, 2, 3, 4, 5, 10, 29, 30, 90, 1440), 2 * 86_400, 3 * 86_400, 6 * 86_400, 30 * 86_400]

/** Settings that move a threshold or decide what counts, each the other way from the default. */
const variants: Partial<Settings>[] = [
  {},
  { goodenough: 5, timeout: 10 },
  { goodenough: 12, timeout: 10 },
  { alarms: { email: null, slow_seconds: 60 } },
  { alarms: { email: null, slow_seconds: 0.7 }, timeout: 0.3 },
  { down_after: 10 },
  { down_after: 3, on_shortage: 'shrink', min_edges: 2 },
  { stay_factor: 9, rotation: 'reselect' },
  { dnschange_maxfreq: 1 },
  { dnschange_maxfreq: 3, dnschange_window: 3600 },
  { dnschange_maxfreq: 0 },
  { references: ['http://127.0.0.1/'] },
  { edge_count: 1 },
  { edge_count: 9 },
]

const cases = frequencies.flatMap(run_frequency =>
  variants.map((changes): [string, Network] => {
    const words = `a cycle every ${run_frequency / 60} min, ${JSON.stringify(changes)}`
    return [words, networkOf(['a', 'b', 'c', 'd'], { settings: settingsOf({ ...changes, run_frequency }) })]
  }),
)

const options = {
  ...{ dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] },
  templates: { zone: zoneTemplate, namedConf: namedConfTemplate },
}

/** What these cycles send, each told how its edges and references answer; times in seconds. */
async function cyclesOf(network: Network, how: readonly ('well' | 'down' | 'cut off')[]): Promise<Sent[]> {
  const world = new World()
  const sent: Sent[] = []
  for (const state of how) {
    world.referencesAnswer = state !== 'cut off'
    for (const [at, { name }] of network.edges.entries())
      world.probes.set(name, probeOf(state === 'well' ? 'ok' : 'timeout', 0.1, `192.0.2.${at + 1}`))
    const report = await runCycle(network, options, world.ports)
    sent.push({ at: world.now / 1000, values: signalsOf(report) })
    world.now += network.settings.run_frequency * 1000
  }
  return sent
}

const nameOf = ({ name }: AlarmRule) => name
const off = (network: Network, sent: readonly Sent[]) =>
  alarmRules(network)
    .filter(rule => goesOff(rule, sent, sent.at(-1)?.at ?? 0))
    .map(nameOf)

/** A world in which an alarm goes off: its metric says the worst in every cycle, or no cycle comes. */
function worstOf(rule: AlarmRule, { settings }: Network): Sent[] {
  if (rule.missing === 'breaching') return [{ at: 0, values: {} }]
  const worst = { SlowestLiveSeconds: settings.timeout, MissingLiveEdges: 1, Rotations: 1 }
  const value = rule.metric in worst ? worst[rule.metric as keyof typeof worst] : 1
  const times: number[] = []
  for (let at = 0; times.length < 40; at += settings.run_frequency) {
    const spent = times.filter(time => at - time <= settings.dnschange_window).length
    const isHeld = rule.metric === 'Rotations' && settings.dnschange_maxfreq > 0 && spent >= settings.dnschange_maxfreq
    if (!isHeld) times.push(at)
  }
  return times.map(at => ({ at, values: { [rule.metric]: value } }))
}

describe('whatever the settings', () => {
  test.each(cases)('%s: for each alarm there is a world in which it goes off', (_words, network) => {
    for (const rule of alarmRules(network)) {
      const sent = worstOf(rule, network)
      const looks = sent.map(({ at }) => at)
      expect([rule.name, looks.some(now => goesOff(rule, sent, now))]).toEqual([rule.name, true])
    }
  })

  test.each(cases)('%s: an outage of all edges sets one off within three cycles', async (_words, network) => {
    const sent = await cyclesOf(network, ['well', 'well', 'down', 'down', 'down'])
    expect(off(network, sent).filter(name => name !== 'no-cycle')).not.toEqual([])
  })

  test.each(cases)('%s: so does one that the prober sees from the start, or shares', async (_words, network) => {
    expect(off(network, await cyclesOf(network, ['down', 'down', 'down']))).not.toEqual([])
    const cutOff = await cyclesOf(network, ['well', 'cut off', 'cut off', 'cut off'])
    expect(off(network, cutOff)).not.toEqual([])
    if (network.settings.references.length > 0) expect(off(network, cutOff)).toEqual(['blind'])
  })

  test.each(cases)('%s: healthy cycles set none off', async (_words, network) => {
    const quiet = await cyclesOf({ ...network, settings: { ...network.settings, edge_count: 2 } }, ['well'])
    const values = { ...quiet[0]?.values }
    delete values.Rotations
    const times = Array.from({ length: 12 }, (_, at) => at * network.settings.run_frequency)
    const sent = times.map(at => ({ at, values }))
    for (const now of [...times.slice(-3), (times.at(-1) ?? 0) + network.settings.run_frequency - 1]) {
      expect(
        alarmRules(network)
          .filter(rule => goesOff(rule, sent, now))
          .map(nameOf),
      ).toEqual([])
    }
  })

  // "An alarm's total current evaluation period can be no longer than seven days […] For alarms with a period of less than one
  // hour, the total evaluation period can't be longer than one day": CloudWatch API reference, PutMetricAlarm, Period.
  test.each(cases)('%s: the platform takes them', (_words, network) => {
    for (const { seconds, of, breaching, description } of alarmRules(network)) {
      expect(seconds % 60).toBe(0)
      expect(seconds * of).toBeLessThanOrEqual(seconds < 3600 ? 86_400 : 604_800)
      expect(breaching).toBeLessThanOrEqual(of)
      expect(description.length).toBeLessThanOrEqual(1024)
    }
  })
})

describe('what makes no sense is left out', () => {
  const names = (changes: Partial<Settings>) =>
    alarmRules(networkOf(['a'], { settings: settingsOf(changes) })).map(nameOf)

  test('rotations that do not fit into a day, and silence between cycles that come less often than every six days', () => {
    expect(names({ run_frequency: 18_000 })).toEqual(expect.arrayContaining(['rotations']))
    expect(names({ run_frequency: 18_000 })).not.toContain('rotations-critical')
    expect(names({ run_frequency: 86_400 })).not.toContain('rotations')
    expect(names({ run_frequency: 6 * 86_400 })).toContain('no-cycle')
    expect(names({ run_frequency: 7 * 86_400 })).not.toContain('no-cycle')
  })

  test.each([
    [{ run_frequency: 60 }, '10 minutes'],
    [{ run_frequency: 240 }, '40 minutes'],
    [{ run_frequency: 360 }, '1 hour'],
    [{ run_frequency: 720 }, '2 hours'],
    [{ dnschange_maxfreq: 3 }, '20 minutes'],
  ])('with %j rotations are counted over %s', (changes, words) => {
    const rule = alarmRules(networkOf(['a'], { settings: settingsOf(changes) })).find(
      ({ name }) => name === 'rotations',
    )
    expect(rule?.description).toContain(`changed 4 times or more in ${words}.`)
  })
})

const brakeRules = (brake: number) =>
  alarmRules(networkOf(['a.example', 'b.example'], { settings: settingsOf({ brake }) }))

test('a brake that holds goes off at once; where there is no brake, there is no alarm to pay for', () => {
  const braked = brakeRules(0.5).find(({ name }) => name === 'braked')
  expect(braked).toMatchObject({
    metric: 'Braked',
    statistic: 'Maximum',
    when: '>=',
    threshold: 1,
    breaching: 1,
    of: 1,
  })
  expect(braked?.description).toContain('`brake_cycles`')
  expect(brakeRules(0).map(({ name }) => name)).toEqual(
    brakeRules(0.5).flatMap(({ name }) => (name === 'braked' ? [] : [name])),
  )
})
