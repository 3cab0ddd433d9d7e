import { canonicalEdge } from '../../core/config/edge-name.ts'
import { keptRotations } from '../../core/domain/limits.ts'
import { byName } from '../../core/domain/model.ts'
import type { KnownAddress, Pushed, ZoneRecord } from '../../core/state/network-state.ts'
import { nothingSeen } from '../../core/state/seen.ts'
import { asNames, contentId, getText, parseJson } from './chunks.ts'
import { type Corrupt, reportCorrupt, reportMissing } from './corrupt.ts'
import { addressPrefix, livePrefix, rotationPrefix, timeOf } from './keys.ts'
import { loadRuns } from './load-runs.ts'
import { loadZones } from './load-zones.ts'
import type { Memory } from './memory.ts'
import type { Rows } from './rows.ts'
import type { State } from './state-item.ts'
import { noFiles } from './zone-items.ts'

export interface Loaded {
  readonly memory: Omit<Memory, 'version'>
  readonly corrupt: readonly Corrupt[]
}

/**
 * Everything about a network that outlives a cycle, read from the table. `now` in milliseconds. Without `zones`, none are
 * read: they are many, and who only looks at edges needs none.
 */
export async function load(rows: Rows, state: State, samples: number, now: number, zones = true): Promise<Loaded> {
  const corrupt: Corrupt[] = []
  const [runs, live, rotations, published, addresses] = await Promise.all([
    loadRuns(rows, samples, now, corrupt, { era: state.era }),
    loadLive(rows, state, corrupt),
    state.rotations ?? loadRotations(rows),
    zones
      ? loadZones(rows, corrupt)
      : { zones: new Map<string, ZoneRecord>(), pushed: new Map<string, Pushed>(), ...noFiles, seen: nothingSeen },
    loadAddresses(rows, corrupt),
  ])
  const memory = { ...runs, liveId: state.live, live, rotations, ...published, addresses }
  return { memory, corrupt }
}

async function loadLive(rows: Rows, state: State, corrupt: Corrupt[]): Promise<string[] | null> {
  if (state.live === null) return null
  const spread = await getText(rows, livePrefix + state.live)
  const names = parseJson(spread.text, asNames)
  if (names !== null && contentId(spread.text ?? '') === state.live) return names.map(canonicalEdge).sort(byName)
  const consequence = 'the recorded live set is read back from the live list'
  if (spread.items.length === 0) reportMissing(corrupt, livePrefix + state.live, consequence)
  for (const item of spread.items) reportCorrupt(corrupt, item, consequence)
  return null
}

async function loadRotations(rows: Rows): Promise<number[]> {
  const items = await rows.list(rotationPrefix, keptRotations)
  return items
    .map(item => timeOf(item.sk?.S ?? ''))
    .filter(time => !Number.isNaN(time))
    .sort((a, b) => a - b)
}

async function loadAddresses(rows: Rows, corrupt: Corrupt[]): Promise<Map<string, KnownAddress>> {
  const spread = await getText(rows, addressPrefix.slice(0, -1))
  const addresses = parseJson(spread.text, asAddresses)
  if (addresses !== null) return addresses
  for (const item of spread.items) reportCorrupt(corrupt, item, 'addresses of host names are learned again')
  return new Map()
}

function asAddresses(value: unknown): Map<string, KnownAddress> | null {
  if (!Array.isArray(value)) return null
  const isAddress = (one: unknown) => one === null || typeof one === 'string'
  const rows = value.filter(
    row => Array.isArray(row) && typeof row[0] === 'string' && isAddress(row[1]) && isAddress(row[2]),
  )
  return rows.length === value.length
    ? new Map(rows.map(([edge, known, published]) => [canonicalEdge(edge), { known, published }]))
    : null
}
