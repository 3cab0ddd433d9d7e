import { isFailure, type Probe, unprobed } from '../../core/domain/model.ts'
import type { Probing } from '../../core/judgement/participants.ts'
import type { Prober } from '../../core/report/prober-warnings.ts'
import type { Target } from '../ports/ports.ts'
import type { Sample } from './second-look.ts'

/** What has been found of a network's targets so far. */
export interface Findings {
  /** The newest sample of each target; a later fetch replaces an earlier one. */
  readonly samples: Map<Target, Sample>
  /** Takes the first sample of a target. */
  readonly settle: (target: Target, sample: Sample) => void
  /** All that was found, and whether the canary killer has fired (behaviour §1.10). */
  readonly probes: () => Pick<Probing, 'edges' | 'canaries' | 'killed'> & Pick<Prober, 'ownFaults'>
}

/** `canaryKiller`: failed canaries that end the probing of canaries, 0 is off; `onKill` is called from then on. */
export function createFindings(targets: readonly Target[], canaryKiller: number, onKill: () => void): Findings {
  const samples = new Map<Target, Sample>()
  let failedCanaries = 0
  const isKilled = () => canaryKiller > 0 && failedCanaries >= canaryKiller
  const probesOf = (kind: Target['kind']): Map<string, Probe> => {
    const all = targets.filter(target => target.kind === kind)
    return new Map(all.map(target => [target.name, samples.get(target)?.probe ?? unprobed('')]))
  }
  return {
    samples,
    settle: (target, sample) => {
      samples.set(target, sample)
      if (target.kind === 'canary' && isFailure(sample.probe.outcome)) failedCanaries++
      if (isKilled()) onKill()
    },
    probes: () => ({
      edges: probesOf('edge'),
      canaries: probesOf('canary'),
      killed: isKilled(),
      ownFaults: countFaults([...samples.values()]),
    }),
  }
}

/** How many probes were skipped for failures of the prober's own, by the system's code (behaviour §1.5). */
function countFaults(samples: readonly Sample[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { ownFault } of samples.map(({ probe }) => probe)) {
    if (ownFault !== undefined) counts.set(ownFault, (counts.get(ownFault) ?? 0) + 1)
  }
  return counts
}
