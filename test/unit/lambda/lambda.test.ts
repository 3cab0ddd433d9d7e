import { describe, expect, test } from 'vitest'
import { emptyReport } from '../../../functions/core/report.ts'
import { withinAnswer } from '../../../functions/lambda/answer.ts'
import { readEnvironment } from '../../../functions/lambda/environment.ts'
import { parseDryRunEvent, parseManageEvent } from '../../../functions/lambda/events.ts'
import { runSeconds } from '../../../functions/lambda/time.ts'

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
