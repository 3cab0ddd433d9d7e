import { describe, expect, test } from 'vitest'
import { emptyReport } from '../../../functions/core/report/report.ts'
import { withinAnswer, withinList, withinPast } from '../../../functions/lambda/answer.ts'
import { parseConfigureEvent } from '../../../functions/lambda/configure-event.ts'
import { readEnvironment } from '../../../functions/lambda/environment.ts'
import { isConsoleSample, parseDryRunEvent, parseManageEvent } from '../../../functions/lambda/events.ts'
import { parseQueryEvent } from '../../../functions/lambda/query-event.ts'
import { runSeconds } from '../../../functions/lambda/time.ts'
import { parseWidgetEvent } from '../../../functions/lambda/widget.ts'
import { edgeRow } from '../../helpers/reports.ts'

describe('events', () => {
  const scheduled = { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: '{}' }
  test.each([[undefined], [null], [{}], [scheduled]])('%j is a plain cycle', event => {
    expect(parseManageEvent(event)).toEqual({ force: false, forceUpdate: false, verbose: false })
  })

  test('flags are taken as given', () => {
    expect(parseManageEvent({ force: true, verbose: true })).toEqual({ force: true, forceUpdate: false, verbose: true })
    expect(parseDryRunEvent({ forceUpdate: true })).toEqual({ forceUpdate: true, verbose: false })
  })

  test('every reason is named at once', () => {
    expect(() => parseManageEvent({ force: 'yes', verbose: 1, zone: 'x' })).toThrow(/verbose: .*force: .*zone/)
    expect(() => parseDryRunEvent({ force: true })).toThrow(expect.objectContaining({ name: 'InvalidInput' }))
    expect(() => parseDryRunEvent([])).toThrow(expect.objectContaining({ name: 'InvalidInput' }))
  })
})

describe('the event of configure', () => {
  const reasonsOf = (event: unknown) => {
    try {
      parseConfigureEvent(event, 'me', 0)
      return ''
    } catch (error) {
      return String(error)
    }
  }
  const expiry = /'soon' is neither a span/
  test.each([
    [{ edge: 'a', mode: 'force', expires: 'soon', by: '' }, [/a comment is required/, expiry, /by must not be empty/]],
    [{ edge: 'a', mode: 'forced', expires: 'soon', comment: 'a\nb' }, [/mode: /, expiry, /comment must be one line/]],
    [{ edge: 1, mode: 'force', expires: 'soon' }, [/edge: /, expiry, /a comment is required/]],
    [{ mode: 'unavailable', expires: 'soon', extra: 1 }, [/extra/, expiry, /a comment is required/]],
    [{ freeze: true, mode: 'force', by: ' ' }, [/freeze goes with neither/, /a comment is required/, /by must/]],
    [{ freeze: false, expires: '1h', extra: 1 }, [/extra/, /thaw does not expire/]],
    [{ edge: 'a', mode: 'available', expires: '1h', extra: 1 }, [/extra/, /available does not expire/]],
  ])('%j: every reason is named at once', (event, reasons) => {
    for (const reason of reasons) expect(reasonsOf(event)).toMatch(reason)
  })

  test.each([
    [{ edge: 'a', mode: 'forced', expires: '1h' }, /comment|does not expire/],
    [{ edge: 'a', mode: 'force', comment: 3, expires: 4, by: 5 }, /is required|neither a span|must be/],
    [[], /comment is|expires/],
    ['text', /comment is|expires/],
  ])('%j: no reason is made up', (event, words) => {
    expect(reasonsOf(event)).toMatch(/^InvalidInput: /)
    expect(reasonsOf(event).replace(/Send .*/, '')).not.toMatch(words)
  })
})

describe('an event that nobody understands', () => {
  test.each([[[]], ['x'], [3]])('%j: what was expected is said of the event itself', event => {
    for (const parse of [parseManageEvent, parseDryRunEvent, parseQueryEvent, parseWidgetEvent]) {
      expect(() => parse(event)).toThrow(
        expect.objectContaining({ message: expect.stringMatching(/^(Invalid input: |must be an object)/) }),
      )
    }
  })

  const sample = { key1: 'value1', key2: 'value2', key3: 'value3' }
  test.each([
    ['manage', parseManageEvent, /key1.*Send \{\} .*"force": true/s],
    ['dry-run', parseDryRunEvent, /key1.*Send \{\} .*"forceUpdate": true/s],
    ['query', parseQueryEvent, /key1.*Send \{\} .*"hours": 24/s],
    ['configure', (event: unknown) => parseConfigureEvent(event, 'me', 0), /key1.*Send .*"mode": "unavailable"/s],
    ['status', () => parseWidgetEvent({ show: 'few' }), /show.*Send \{\} /s],
  ])('%s says what to send', (_name, parse, words) => {
    expect(() => parse(sample)).toThrow(words)
  })

  test('the sample of the console is known as such, and nothing else is taken for it', () => {
    expect(isConsoleSample(sample)).toBe(true)
    for (const event of [{}, null, undefined, [], 'key1', { key1: 1, force: true }, { forced: true }]) {
      expect(isConsoleSample(event)).toBe(false)
    }
  })
})

describe('environment', () => {
  const full = { NETWORK: 'net', TABLE_NAME: 't', BUCKET_NAME: 'b', LAMBDA_TASK_ROOT: '/var/task' }
  test('the configuration is the bundled copy unless another is named', () => {
    expect(readEnvironment(full)).toMatchObject({ configDir: '/var/task/config', templatesDir: '/var/task/templates' })
    expect(readEnvironment({ ...full, EDGEMANAGE_CONFIG: '/etc/em' }).configDir).toBe('/etc/em')
  })

  test('everything that is missing is named', () => {
    const missing = { name: 'ConfigurationError', message: 'the environment lacks NETWORK, TABLE_NAME, BUCKET_NAME' }
    expect(() => readEnvironment({})).toThrow(expect.objectContaining(missing))
  })
})

test.each([
  [60_000, 55],
  [59_999, 55],
  [58_000, 54],
  [30_000, 26],
  [100, 1],
])('with %d ms left a run may take %d s', (remaining, seconds) => {
  expect(runSeconds(remaining)).toBe(seconds)
})

describe('withinAnswer', () => {
  const zones = (count: number, length: number) =>
    Array.from({ length: count }, (_, at) => {
      return { zone: `z${at}`, action: 'planned' as const, serial: 1, reason: 'r', text: 'x'.repeat(length) }
    })
  test('a report that fits is answered whole', () => {
    const report = { ...emptyReport('net', 'ok', true, 0), zones: zones(3, 100) }
    expect(withinAnswer(report)).toBe(report)
  })

  test('texts that do not fit are left out and counted, rows are not', () => {
    const answer = withinAnswer({ ...emptyReport('net', 'ok', true, 0), zones: zones(10, 1_000_000) })
    expect(answer.zones).toHaveLength(10)
    expect(answer.zones.filter(zone => zone.text !== undefined)).toHaveLength(5)
    expect(answer.warnings).toEqual(['the texts of 5 zones do not fit into this answer'])
    expect(JSON.stringify(answer).length).toBeLessThan(6_000_000)
  })
})

describe('every answer fits', () => {
  const most = 6_000_000
  test('a report of very many zones: those that changed stay longest, and the others are counted', () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => {
      const action = at === 59_999 ? ('due' as const) : ('unchanged' as const)
      return { zone: `zone${at}.example.net`, action, serial: 1_790_000_000, reason: 'nothing changed since' }
    })
    const answer = withinAnswer({ ...emptyReport('net', 'ok', false, 0), zones: rows })
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(most)
    expect(answer.zones.at(-1)?.action).toBe('due')
    expect(answer.warnings).toEqual([expect.stringMatching(/^[\d,]+ rows of zones do not fit into this answer$/)])
  })

  test('a report of very many edges', () => {
    const edges = Array.from({ length: 30_000 }, (_, at) => edgeRow(`edge${at}`, { reason: 'r'.repeat(400) }))
    const answer = withinAnswer({ ...emptyReport('net', 'ok', false, 0), edges })
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(most)
    expect(answer.warnings).toHaveLength(1)
    const list = withinList({ network: 'net', edges })
    expect(Buffer.byteLength(JSON.stringify(list))).toBeLessThan(most)
    expect(list.edges.length + Number(list.omitted)).toBe(30_000)
    expect(withinList({ edges: edges.slice(0, 3) })).toEqual({ edges: edges.slice(0, 3) })
  })

  test('the past of an edge: the newest samples stay', () => {
    const samples = Array.from({ length: 100_000 }, (_, at) => {
      const time = new Date(at * 60_000).toISOString()
      return { time, fetchSeconds: 0.123456, outcome: 'ok' as const, judgement: 'pass' as const, live: true }
    })
    const answer = withinPast({ edge: 'edge', samples, hours: [] })
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(most)
    expect(answer.samples.at(-1)).toEqual(samples.at(-1))
    expect(answer.samples.length + Number(answer.omitted)).toBe(100_000)
    const short = { edge: 'edge', samples: samples.slice(0, 3), hours: [] }
    expect(withinPast(short)).toBe(short)
  })
})
