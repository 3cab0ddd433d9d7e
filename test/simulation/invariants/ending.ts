import { liveListKey, zoneKey } from '../../../functions/cycle/publishing/keys.ts'
import { networkName } from '../world/folder.ts'
import type { Run } from '../world/run.ts'
import type { Publishing } from './publishing.ts'
import { readZone } from './zone-text.ts'

/** Looks at a run that finished: what it says is so, and one that met no trouble leaves nothing due. */
export function checkEnd(run: Run, scene: Publishing): void {
  const { report, process } = run
  const { eyes, fail } = scene
  if (report === null) return
  const isUntroubled = process.faults === 0 && !process.wasPaused()
  if (report.status === 'failed' && isUntroubled)
    fail('a run without trouble does not fail', report.warnings.join('; '))
  if (report.status === 'locked' || report.status === 'too_soon' || report.status === 'failed') return
  if (run.kind === 'dry-run') return
  // Whoever was suspended at its very end may find that others have gone on since.
  if (eyes.state().version !== run.lease?.run) return
  const live = eyes.live() ?? []
  if (report.live.join() !== live.join()) fail('the report tells the recorded live set', `${report.live} and ${live}`)
  if (report.status === 'ok' && isUntroubled) checkNothingDue(run, scene)
}

/** Published is what is recorded, and nothing waits: zones, named.conf, the live list. */
export function checkNothingDue(run: Run, { eyes, objects, fail }: Publishing): void {
  const invalid = new Set(run.report?.zones.filter(({ action }) => action === 'invalid').map(({ zone }) => zone))
  for (const { name } of run.network.zones) {
    if (invalid.has(name)) continue
    const record = eyes.zone(name)
    const text = objects.get(zoneKey(networkName, name)) ?? ''
    const read = readZone(name, text)
    const how = `${name}: ${JSON.stringify(record)}`
    if (record === undefined || record.due || record.hash === null) fail('a healthy cycle leaves no zone due', how)
    else if (typeof read === 'string' || read.serial !== record.serial)
      fail('what is published is what is recorded', `${how}: ${typeof read === 'string' ? read : read.serial}`)
  }
  const { namedConf, liveList } = eyes.files()
  if (namedConf.due || liveList.due) fail('a healthy cycle leaves no file due', JSON.stringify({ namedConf, liveList }))
  const published = objects.get(liveListKey(networkName)) ?? ''
  const live = (eyes.live() ?? []).map(edge => `${edge}\n`).join('')
  if (published !== live) fail('the published live list is the recorded live set', `${published} and ${live}`)
}
