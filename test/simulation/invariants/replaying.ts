import { timeOf } from '../../../functions/adapters/table/keys.ts'
import { decodeRun } from '../../../functions/adapters/table/run-item.ts'
import type { Network } from '../../../functions/core/config/network.ts'
import type { Run as RecordedRun } from '../../../functions/core/history/run.ts'
import type { Rotation } from '../../../functions/core/live-set/rotation.ts'
import { replay } from '../../../functions/core/replay/replay.ts'
import type { TableWrite } from '../neighbours/dynamodb/client.ts'
import type { Run } from '../world/run.ts'
import type { Onlooker } from './onlooker.ts'
import type { Fail } from './publishing.ts'
import { rosterOfRun } from './roster.ts'

/** All that a world recorded, with the configuration of each cycle; what expired meanwhile included. */
export interface Recorded {
  /** By the cycle's time. */
  readonly cycles: ReadonlyMap<number, { readonly run: RecordedRun; readonly network: Network }>
  readonly rotations: ReadonlyMap<number, Rotation>
  /** A cycle was recorded after one that had started later. */
  readonly isOvertaken: boolean
}

/** What came of replaying a world. */
export interface ReplayedWorld {
  readonly cycles: number
}

/** Keeps what cycles record. */
export function createRecorder() {
  const cycles = new Map<number, { run: RecordedRun; network: Network }>()
  const rotations = new Map<number, Rotation>()
  let newest = 0
  let isOvertaken = false
  return {
    wrote: (run: Run, { kind, key, content }: TableWrite): void => {
      if (kind !== 'put') return
      if (key.startsWith('RUN#')) {
        const decoded = decodeRun(content, rosterOfRun(run))
        if (decoded === null) return
        isOvertaken ||= decoded.time < newest
        newest = Math.max(newest, decoded.time)
        cycles.set(decoded.time, { run: decoded, network: run.network })
      } else if (key.startsWith('ROTATION#')) {
        rotations.set(timeOf(key), { time: timeOf(key), ...JSON.parse(content.change?.S ?? '{}') })
      }
    },
    recorded: (): Recorded => ({ cycles, rotations, isOvertaken }),
    forget: (): void => {
      cycles.clear()
      rotations.clear()
    },
  }
}

/** The settings that were in force in each cycle give its live set and its rotation, in every cycle. */
export function checkReplay({ cycles, rotations, isOvertaken }: Recorded, eyes: Onlooker, fail: Fail): ReplayedWorld {
  const found = [...cycles.values()].sort((a, b) => a.run.time - b.run.time)
  const last = found.at(-1)
  // Who was overtaken did not know the later cycle, which now comes after it.
  if (last === undefined || isOvertaken) return { cycles: 0 }
  const { faithful } = replay({
    network: last.network,
    earlier: [],
    runs: found.map(({ run }) => run),
    rotations: { told: [...rotations.values()], times: eyes.state().rotations ?? [] },
    today: { edges: [], orders: new Map(), freeze: null, addresses: new Map() },
    alternatives: [],
    settingsOf: run => (cycles.get(run.time) as { network: Network }).network.settings,
  })
  const { first, alike } = faithful
  if (first !== null) {
    const when = new Date(first.time).toISOString()
    fail('a replay gives what was recorded', `${alike} of ${faithful.cycles} cycles; first at ${when}: ${first.why}`)
  }
  return { cycles: faithful.cycles }
}
