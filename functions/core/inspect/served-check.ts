import { counted } from '../domain/printable.ts'
import { countServers, servedWarnings } from '../publication/served.ts'
import { type Checked, statusOf, unknown } from './check.ts'
import type { CheckInput } from './check-input.ts'

/** Whether the name servers of `served.servers` serve what was published (behaviour §12). */
export function served({ network, stored, thresholds }: CheckInput): Checked {
  const { servers } = network.settings.served
  if (servers.length === 0) return unknown(`no name server of ${network.name} is asked: served.servers is empty`)
  const late = (stored.seen?.served?.late ?? []).filter(({ server }) => servers.includes(server))
  const count = countServers(late)
  const text =
    count === 0
      ? `${counted(servers.length, 'name server')} of ${network.name}: none was found stale or unreachable`
      : `${count} of ${counted(servers.length, 'name server')} of ${network.name}: ${servedWarnings(late).join('; ')}`
  const figures = [{ name: 'stale_servers', value: count, unit: '' as const, thresholds }]
  return { status: statusOf(count, thresholds), text, figures }
}
