import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { type AlarmName, alarmTexts, runbookOf } from './alarm-texts.ts'
import type { Signal } from './metric-names.ts'
import { slowSeconds } from './thresholds.ts'

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

/** The platform has no longer points. */
const maxPointSeconds = 86_400
/** Without a cycle for so long, or for three of them, something is wrong. */
const quietSeconds = 300
const rotationSeconds = 600

/** The alarms of one network. A point is a minute, or a cycle where those come less often. */
export function alarmRules({ name: network, settings, edges }: Network): AlarmRule[] {
  const seconds = Math.min(settings.run_frequency, maxPointSeconds)
  const wanted = wantedEdges({ settings, edges })
  const slowest = slowSeconds(settings)
  const shapes = [
    ...aboutCycles(seconds),
    ...aboutLiveEdges(seconds, wanted, slowest),
    ...aboutRotations(),
    ...aboutTrouble(seconds),
  ]
  return shapes.map(shape => ({
    ...shape,
    description: `${alarmTexts[shape.name]({ network, wanted, slowSeconds: slowest })} More: ${runbookOf(shape.name)}`,
  }))
}

function aboutCycles(seconds: number): Shape[] {
  const quiet = Math.max(3, Math.ceil(quietSeconds / seconds))
  const failed = { statistic: 'Sum', when: '>=', breaching: 2, of: 5, missing: 'notBreaching' } as const
  const noCycle = { statistic: 'SampleCount', when: '<', breaching: quiet, of: quiet, missing: 'breaching' } as const
  return [
    { ...failed, name: 'failed', metric: 'Errors', seconds, threshold: 1 },
    { ...noCycle, name: 'no-cycle', metric: 'LiveEdges', seconds, threshold: 1 },
  ]
}

function aboutLiveEdges(seconds: number, wanted: number, slowSeconds: number): Shape[] {
  const often = { seconds, breaching: 3, of: 5, missing: 'notBreaching' } as const
  return [
    { ...often, name: 'too-few-live', metric: 'LiveEdges', statistic: 'Minimum', when: '<', threshold: wanted },
    { ...often, name: 'slow', metric: 'SlowestLiveSeconds', statistic: 'Maximum', when: '>=', threshold: slowSeconds },
  ]
}

function aboutRotations(): Shape[] {
  const often = { statistic: 'Sum', seconds: rotationSeconds, when: '>=', breaching: 1, of: 1 } as const
  return [
    { ...often, name: 'rotations', metric: 'Rotations', threshold: 4, missing: 'notBreaching' },
    { ...often, name: 'rotations-critical', metric: 'Rotations', threshold: 8, missing: 'notBreaching' },
  ]
}

function aboutTrouble(seconds: number): Shape[] {
  const any = { statistic: 'Maximum', seconds, when: '>=', threshold: 1, missing: 'notBreaching' } as const
  return [
    { ...any, name: 'verification', metric: 'VerifyFailures', breaching: 3, of: 5 },
    { ...any, name: 'blind', metric: 'Blind', breaching: 3, of: 5 },
    { ...any, name: 'due', metric: 'ZonesDue', breaching: 3, of: 4 },
  ]
}
