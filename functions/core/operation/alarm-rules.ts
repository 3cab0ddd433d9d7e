import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { type AlarmName, alarmTexts, runbookOf } from './alarm-texts.ts'
import type { Signal } from './metric-names.ts'
import { maxPointSeconds, rotationPoint } from './rotation-point.ts'
import { rotationThresholds, slowSeconds } from './thresholds.ts'

/** When an alarm of a network goes off, and what it tells the person on call to do. */
export interface AlarmRule {
  readonly name: AlarmName
  readonly metric: Signal | 'Errors'
  readonly statistic: 'Minimum' | 'Maximum' | 'Sum' | 'SampleCount'
  /** Seconds that make one point. */
  readonly seconds: number
  readonly when: '<' | '>='
  readonly threshold: number
  /** Breaching points, of the newest. */
  readonly breaching: number
  readonly of: number
  readonly missing: 'breaching' | 'notBreaching'
  readonly description: string
}

type Shape = Omit<AlarmRule, 'description'>
type Points = Pick<AlarmRule, 'seconds' | 'breaching' | 'of'>

/** Without a cycle for so long something is wrong; where cycles come less often, two or three of them are missing. */
const quietSeconds = 300
/** From how many seconds between cycles on an alarm does not wait for a second cycle that says the same. */
const seldomSeconds = 1800
/** An alarm looks back seven days at most; a cycle that comes less often than every six is not missed in that time. */
const maxPoints = 7
const maxQuietSeconds = 6 * 86_400

/**
 * The alarms of one network (behaviour §8.6), each of which its settings let go off: one that no cycle could set off is left
 * out. A point is a minute, or a cycle where those come less often. An outage of all edges sets one off within three cycles.
 */
export function alarmRules({ name: network, settings, edges }: Network): AlarmRule[] {
  const wanted = wantedEdges({ settings, edges })
  const slowest = slowSeconds(settings)
  const shapes = [
    ...aboutCycles(settings.run_frequency),
    ...aboutLiveEdges(settings.run_frequency, slowest),
    ...aboutRotations(settings),
    ...aboutTrouble(settings.run_frequency),
    ...(settings.brake > 0 ? aboutTheBrake(settings.run_frequency) : []),
  ]
  return shapes.map(shape => ({
    ...shape,
    description: `${alarmTexts[shape.name]({ network, wanted, slowSeconds: slowest, pointSeconds: shape.seconds })} More: ${runbookOf(shape.name)}`,
  }))
}

/** How many breaching points it takes: fewer, where cycles come less often, and never more than three cycles. */
function pointsFor(runFrequency: number): Points {
  const seconds = Math.min(runFrequency, maxPointSeconds)
  if (runFrequency >= seldomSeconds) return { seconds, breaching: 1, of: 1 }
  return runFrequency >= quietSeconds ? { seconds, breaching: 2, of: 3 } : { seconds, breaching: 3, of: 5 }
}

function aboutCycles(runFrequency: number): Shape[] {
  const { seconds } = pointsFor(runFrequency)
  const errors = { statistic: 'Sum', when: '>=', threshold: 1, missing: 'notBreaching' } as const
  // One failure alone may be that of an operator who tries the function out; points of a day hold no second cycle.
  const [breaching, of] = runFrequency > seconds ? [1, 1] : [2, 5]
  return [
    { ...errors, name: 'failed', metric: 'Errors', seconds, breaching, of },
    ...aboutSilence(runFrequency, seconds),
  ]
}

function aboutSilence(runFrequency: number, seconds: number): Shape[] {
  if (runFrequency > maxQuietSeconds) return []
  const cycles = runFrequency >= seldomSeconds ? 2 : Math.max(3, Math.ceil(quietSeconds / runFrequency))
  const of = Math.min(maxPoints, Math.ceil((cycles * runFrequency) / seconds))
  const rule = { statistic: 'SampleCount', when: '<', threshold: 1, missing: 'breaching' } as const
  return [{ ...rule, name: 'no-cycle', metric: 'LiveEdges', seconds, breaching: of, of }]
}

function aboutLiveEdges(runFrequency: number, slowSeconds: number): Shape[] {
  const often = { statistic: 'Maximum', when: '>=', missing: 'notBreaching', ...pointsFor(runFrequency) } as const
  return [
    { ...often, name: 'too-few-live', metric: 'MissingLiveEdges', threshold: 1 },
    { ...often, name: 'slow', metric: 'SlowestLiveSeconds', threshold: slowSeconds },
  ]
}

function aboutRotations(settings: Network['settings']): Shape[] {
  const often = { metric: 'Rotations', statistic: 'Sum', when: '>=', missing: 'notBreaching' } as const
  const rule = (name: AlarmName, threshold: number): Shape[] => {
    const seconds = rotationPoint(threshold, settings)
    return seconds === null ? [] : [{ ...often, name, threshold, seconds, breaching: 1, of: 1 }]
  }
  return [...rule('rotations', rotationThresholds.warn), ...rule('rotations-critical', rotationThresholds.crit)]
}

/** It lasts for `brake_cycles` cycles at a time, and the person on call should hear of it at once. */
function aboutTheBrake(runFrequency: number): Shape[] {
  const { seconds } = pointsFor(runFrequency)
  const once = { statistic: 'Maximum', seconds, when: '>=', threshold: 1, breaching: 1, of: 1 } as const
  return [{ ...once, name: 'braked', metric: 'Braked', missing: 'notBreaching' }]
}

function aboutTrouble(runFrequency: number): Shape[] {
  const any = { statistic: 'Maximum', when: '>=', threshold: 1, missing: 'notBreaching' } as const
  const often = { ...any, ...pointsFor(runFrequency) }
  return [
    { ...often, name: 'verification', metric: 'VerifyFailures' },
    { ...often, name: 'blind', metric: 'Blind' },
    { ...often, name: 'due', metric: 'ZonesDue', of: often.breaching === 3 ? 4 : often.of },
  ]
}
