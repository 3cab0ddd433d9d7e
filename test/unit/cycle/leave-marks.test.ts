import { describe, expect, test } from 'vitest'
import type { Event } from '../../../functions/core/report/event.ts'
import { emptyReport } from '../../../functions/core/report/report.ts'
import { leaveMarks } from '../../../functions/cycle/leave-marks.ts'
import type { CallOut } from '../../../functions/cycle/ports/ports.ts'
import { measuresTime } from '../../helpers/measures-time.ts'

const report = emptyReport('net', 'ok', false, 0)
const event: Event = { happening: 'blind', detail: { began: true } }
const settings = { heartbeat: 'https://beat.example/secret', notify: ['http://a.example/x', 'http://b.example:81/'] }

function outside(fault?: (url: string) => Error | 'hang' | null) {
  const calls: [string, unknown][] = []
  const callOut: CallOut = async (url, body) => {
    calls.push([url, body === null ? null : JSON.parse(body)])
    const found = fault?.(url) ?? null
    if (found === 'hang') await new Promise(() => {})
    if (found instanceof Error) throw found
  }
  return { calls, callOut }
}

describe('marks that a cycle leaves', () => {
  test('a heartbeat for every one that went well; events to each URL, once, and only where there are any', async () => {
    const { calls, callOut } = outside()
    expect(await leaveMarks(report, [], settings, 9_000, { callOut })).toEqual([])
    expect(calls).toEqual([['https://beat.example/secret', null]])
    await leaveMarks({ ...report, status: 'blind' }, [event], settings, 9_000, { callOut })
    const body = { network: 'net', events: [{ source: 'edgemanage', 'detail-type': 'blind', detail: { began: true } }] }
    expect(calls.slice(1)).toEqual(settings.notify.map(url => [url, body]))
  })

  test('nothing is called where nothing is wanted', async () => {
    const { calls, callOut } = outside()
    expect(await leaveMarks(report, [event], { heartbeat: null, notify: [] }, 9_000, { callOut })).toEqual([])
    expect(await leaveMarks(report, [event], settings, 9_000, {})).toEqual([])
    expect(calls).toEqual([])
  })

  test('a heartbeat has 3 s and a notification 5 s, all at once (behaviour §14)', measuresTime, async () => {
    const { callOut } = outside(() => 'hang')
    const began = performance.now()
    const beat = leaveMarks(report, [], settings, 60_000, { callOut })
    const both = leaveMarks(report, [event], settings, 60_000, { callOut })
    expect(await beat).toEqual(['the heartbeat was not taken by beat.example: no answer within 3 s'])
    expect(performance.now() - began).toBeGreaterThanOrEqual(2_990)
    expect(performance.now() - began).toBeLessThan(3_900)
    expect(await both).toEqual([
      'the heartbeat was not taken by beat.example: no answer within 3 s',
      'events were not taken by a.example: no answer within 5 s',
      'events were not taken by b.example:81: no answer within 5 s',
    ])
    expect(performance.now() - began).toBeGreaterThanOrEqual(4_990)
    expect(performance.now() - began).toBeLessThan(5_900)
  })

  test('no more than is left of the run', measuresTime, async () => {
    const { callOut } = outside(() => 'hang')
    const began = performance.now()
    const told = await leaveMarks(report, [event], settings, 1_500.5, { callOut })
    expect(told).toEqual(told.map(() => expect.stringMatching(/: no answer within 1\.50?1? s$/)))
    expect(performance.now() - began).toBeLessThan(2_400)
  })

  test('who does not answer is told by host alone, and keeps nobody', measuresTime, async () => {
    const { callOut } = outside(url => (url.includes('b.example') ? 'hang' : new Error('it answered 500')))
    const began = Date.now()
    expect(await leaveMarks(report, [event], settings, 50, { callOut })).toEqual([
      'the heartbeat was not taken by beat.example: it answered 500',
      'events were not taken by a.example: it answered 500',
      'events were not taken by b.example:81: no answer within 0.05 s',
    ])
    expect(Date.now() - began).toBeLessThan(2_000)
    expect(await leaveMarks(report, [], settings, 0, { callOut })).toEqual([
      'the heartbeat was not taken by beat.example: time ran out',
    ])
  })
})
