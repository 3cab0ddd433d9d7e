import { runKey } from '../../functions/adapters/table/keys.ts'
import { encodeRun } from '../../functions/adapters/table/run-item.ts'
import { putRoster, putRotation } from '../../functions/adapters/table/save.ts'
import type { Run } from '../../functions/core/history/run.ts'
import type { Rotation } from '../../functions/core/live-set/rotation.ts'
import { openEmbedded } from './stores.ts'

/** Puts recorded cycles into the storage of a local run, as cycles would have. `shiftMs`: so much later. */
export async function storeRecorded(
  storage: string,
  network: string,
  { runs, rotations }: { readonly runs: readonly Run[]; readonly rotations: readonly Rotation[] },
  shiftMs = 0,
): Promise<void> {
  const store = await openEmbedded(storage)
  try {
    const rows = store.rows(network)
    const ttl = Math.ceil(Date.now() / 1000) + 14 * 86_400
    for (const roster of new Map(runs.map(run => [run.roster.id, run.roster])).values()) await putRoster(rows, roster)
    for (const run of runs) {
      const time = run.time + shiftMs
      await rows.put(runKey(time), encodeRun({ ...run, time }, ttl))
    }
    for (const rotation of rotations) await putRotation(rows, { ...rotation, time: rotation.time + shiftMs }, ttl)
  } finally {
    await store.close()
  }
}
