import { describe, expect, test } from 'vitest'
import { InvalidInput } from '../../../functions/core/domain/errors.ts'
import { describeWidget, parseWidgetEvent, widgetOptions, widgetSpans } from '../../../functions/lambda/widget.ts'
import { networkOf } from '../../helpers/world.ts'

const now = Date.UTC(2026, 0, 1, 12)
const range = { start: now - 3_600_000, end: now }
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:edgemanage-net-status'
const spans = (context: object) => widgetSpans(parseWidgetEvent({ widgetContext: context }), now)
const options = (event: object, functionArn = arn) =>
  widgetOptions(parseWidgetEvent(event), networkOf(['a']), functionArn)

describe('the time range', () => {
  test('is the dashboard’s own, its zoom first', () => {
    const zoom = { start: now - 60_000, end: now - 30_000 }
    expect(spans({ timeRange: range })).toMatchObject([{ from: range.start, to: range.end + 1, slots: 120 }])
    expect(spans({ timeRange: { ...range, zoom } })).toMatchObject([{ from: zoom.start, to: zoom.end + 1 }])
  })

  test('has the last 33 hours beside it where there is room', () => {
    expect(spans({ timeRange: range, width: 1200 }).map(({ title }) => title)).toEqual([
      'dashboard’s range',
      'last 33 h',
    ])
  })

  test('is the usual one where none is given or it is empty', () => {
    expect(spans({})).toHaveLength(2)
    expect(spans({ timeRange: { start: now, end: now } })).toHaveLength(2)
  })
})

describe('the look', () => {
  test('theme and room come from the dashboard', () => {
    expect(options({ widgetContext: { theme: 'dark', height: 700 } })).toMatchObject({ theme: 'dark', maxEdges: 10 })
    expect(options({ widgetContext: { theme: 'sepia', height: 10 } })).toMatchObject({ theme: 'light', maxEdges: 5 })
    expect(options({})).toMatchObject({ theme: 'light', maxEdges: 25 })
    expect(options({ show: 'all' })).toMatchObject({ maxEdges: 500 })
  })

  test('buttons call this function and the dry run; under another name there are none', () => {
    expect(options({})).toMatchObject({ ownArn: arn, dryRunArn: arn.replace('status', 'dry-run') })
    expect(options({}, 'arn:aws:lambda:us-east-1:1:function:mine')).toMatchObject({ ownArn: null, dryRunArn: null })
  })
})

test('an event that is none is refused, with every reason', () => {
  expect(() => parseWidgetEvent({ describe: 1, show: 'few' })).toThrow(InvalidInput)
  expect(() => parseWidgetEvent({ describe: 1, show: 'few' })).toThrow(/describe: .*; show: /)
  expect(parseWidgetEvent(null)).toMatchObject({ describe: false, show: 'some' })
})

test('it describes itself in Markdown, with its parameters as YAML', () => {
  expect(describeWidget('net')).toContain('``` yaml\nshow: some\n```')
})
