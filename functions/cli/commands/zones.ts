import { anyNetworkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { byName } from '../../core/domain/model.ts'
import { isConfirmed, type ZoneRecord } from '../../core/state/network-state.ts'
import { lines } from '../output/report.ts'
import { type Column, renderTable } from '../output/table.ts'
import type { Terminal } from '../output/terminal.ts'

/** What is known of one zone; `serial` is the last one given out, null if none was. */
export interface ZoneRow {
  readonly zone: string
  readonly serial: number | null
  /** A write was announced and not yet confirmed (behaviour §7.4). */
  readonly due: boolean
  /** What was last announced is published. */
  readonly confirmed: boolean
  /** No longer in the configuration (behaviour §7.6). */
  readonly orphaned: boolean
  /** It has no clause in this network's named.conf any more, as another network has the zone or may take it. */
  readonly handedOver: boolean
}

/** `edgemanage zones`: every zone of the configuration, and every one that was published. */
export async function listZones(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const open = storageAt(existingPlaceOf(flags, env), env)
  const network = await anyNetworkInForce(flags, env)
  const stored = await withStorage(open, true, ({ table }) => table.peek(network.name, 1))
  if (network.isGone && stored.zones.size === 0) {
    throw new UsageError(`there is no network ${network.name}, and nothing of it is stored`)
  }
  const rows = zoneRows(network.zones, stored.zones)
  if (flags.json === true) terminal.out(rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  else terminal.out(lines(renderTable(columns, rows, terminal.width, terminal.paint)))
  for (const warning of stored.warnings) terminal.err(`edgemanage: ${warning}\n`)
  return exitStatus.success
}

/** One row per zone, by name. */
export function zoneRows(zones: readonly string[], records: ReadonlyMap<string, ZoneRecord>): ZoneRow[] {
  const configured = new Set(zones)
  return [...new Set([...configured, ...records.keys()])].sort(byName).map(zone => {
    const record = records.get(zone)
    return {
      zone,
      serial: record?.serial || null,
      due: record?.due === true,
      confirmed: isConfirmed(record),
      orphaned: !configured.has(zone) && !isHandedOver(record),
      handedOver: !configured.has(zone) && isHandedOver(record),
    }
  })
}

function isHandedOver(record: ZoneRecord | undefined): boolean {
  return record?.unclaimed === true && !record.due
}

const columns: Column<ZoneRow>[] = [
  { title: 'ZONE', text: row => row.zone },
  { title: 'SERIAL', text: row => String(row.serial ?? '-'), alignRight: true },
  {
    title: 'PUBLISHED',
    text: row => (row.due ? 'due' : row.confirmed ? 'confirmed' : 'not yet'),
    style: row => (row.due ? 'yellow' : row.confirmed ? 'green' : 'dim'),
  },
  {
    title: 'CONFIGURATION',
    text: row => (row.handedOver ? 'handed over' : row.orphaned ? 'orphaned' : 'present'),
    style: row => (row.orphaned ? 'yellow' : null),
  },
]
