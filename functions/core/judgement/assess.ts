import type { Settings } from '../config/settings.ts'
import { microsOf } from '../domain/micros.ts'
import { isFailure, type Judgement, type Probe } from '../domain/model.ts'
import { type History, type Kind, totalOf, windowTotal } from '../history/history.ts'
import { type Streak, streakOf } from '../history/streak.ts'
import { plus, type Total } from '../history/total.ts'
import { type JudgeRules, judge, waitsForUpAfter } from './judge.ts'

/** An edge or canary with its probe, its sample and its judgement. */
export interface Assessed {
  readonly kind: Kind
  readonly name: string
  readonly probe: Probe
  /** Null for a skipped probe: no sample. */
  readonly micros: number | null
  readonly judgement: Judgement | null
  /** Kept samples within the window, and all of them, this cycle's included. */
  readonly window: Total
  readonly all: Total
  /** Before this cycle. */
  readonly standing: Streak
  /** `fail` only for want of `up_after`. */
  readonly waitsForUpAfter: boolean
}

export interface AssessContext {
  /** The kept runs before this cycle: what averages are made of. */
  readonly history: History
  /** All runs that are known: counters and judgements do not end where the kept samples do. */
  readonly recorded: History
  /** Milliseconds. */
  readonly now: number
  readonly settings: Settings
}

/**
 * What one probe means for its edge or canary (behaviour §2, §3). A skipped probe leaves judgement and counters as they
 * were; a failed one is a sample of this cycle's timeout. `isLive`: member of the recorded live set (`stay_factor`).
 */
export function assess(kind: Kind, name: string, probe: Probe, isLive: boolean, context: AssessContext): Assessed {
  const { history, recorded, now, settings } = context
  const standing = streakOf(recorded, kind, name, Math.max(settings.down_after, settings.up_after))
  const window = windowTotal(history, kind, name, now, settings.history.window)
  const all = totalOf(history, kind, name)
  const micros = sampleOf(probe, settings)
  if (micros === null) {
    return { kind, name, probe, standing, micros, judgement: standing.judgement, window, all, waitsForUpAfter: false }
  }
  const evidence = {
    failed: isFailure(probe.outcome),
    micros,
    window: plus(window, micros),
    all: plus(all, micros),
    standing,
  }
  const rules = rulesOf(settings, isLive)
  return {
    kind,
    name,
    probe,
    standing,
    micros,
    judgement: judge(evidence, rules),
    window: evidence.window,
    all: evidence.all,
    waitsForUpAfter: waitsForUpAfter(evidence, rules),
  }
}

function sampleOf(probe: Probe, settings: Settings): number | null {
  if (probe.outcome === 'skipped') return null
  return probe.outcome === 'ok' ? probe.fetchMicros : microsOf(settings.timeout)
}

/** What a fetch time must stay below for `pass_threshold`, in microseconds; `isLive`: member of the recorded live set. */
export function thresholdMicros({ goodenough, stay_factor }: Settings, isLive: boolean): number {
  return microsOf(isLive ? goodenough * stay_factor : goodenough)
}

function rulesOf(settings: Settings, isLive: boolean): JudgeRules {
  return {
    goodenoughMicros: microsOf(settings.goodenough),
    thresholdMicros: thresholdMicros(settings, isLive),
    downAfter: settings.down_after,
    upAfter: settings.up_after,
  }
}
