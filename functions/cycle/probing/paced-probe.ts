import { messageOf } from '../../core/domain/message.ts'
import { type Probe, unprobed } from '../../core/domain/model.ts'
import type { Stop } from '../flow/end-of-run.ts'
import { createSlots } from '../flow/slots.ts'
import type { LoopWatch } from '../ports/loop-watch.ts'
import type { Ports, Target } from '../ports/ports.ts'
import type { Request } from '../ports/request.ts'
import type { Pace } from './pace.ts'
import type { Sample } from './second-look.ts'

/** What ends each kind of probe. */
export type Stops = Readonly<Record<Target['kind'], Stop>>

/** Fetches from targets as their turns come, with no more in flight than there are workers, whoever asks for it. */
export function fetcher(
  request: Request,
  workers: number,
  { stops, loop, pace }: { stops: Stops; loop: LoopWatch; pace: Pace },
  ports: Pick<Ports, 'probe'>,
): (target: Target) => Promise<Sample> {
  const slots = createSlots(workers)
  return target =>
    slots(async () => {
      let fromMs = 0
      const onStart = () => {
        fromMs = loop.read().nowMs
      }
      const probe = await pacedProbe(target, request, stops[target.kind], pace, onStart, ports)
      return { probe, fromMs, toMs: loop.read().nowMs }
    })
}

/** Probes one target when its turn comes; what is stopped before its end is skipped, whatever the port says later. */
async function pacedProbe(
  target: Target,
  request: Request,
  stop: Stop,
  pace: Pace,
  onStart: () => void,
  ports: Pick<Ports, 'probe'>,
): Promise<Probe> {
  const late = stop.late.then(() => unprobed(''))
  const probe = await pace(
    () => stop.why() === null,
    async () => {
      onStart()
      return Promise.race([ports.probe(target, request, stop.signal), late])
    },
  ).catch(error => unprobed(`the probe broke: ${messageOf(error)}`))
  const why = stop.why()
  return probe === null ? unprobed(why ?? '') : why === null ? probe : skipped(probe, why)
}

function skipped({ address, attempts, tookSeconds, phases }: Probe, detail: string): Probe {
  return { outcome: 'skipped', address, attempts, tookSeconds, detail, phases }
}
