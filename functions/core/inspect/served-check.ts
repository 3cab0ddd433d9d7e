import { asksRoute53, asksServers } from '../config/asked-servers.ts'
import { counted } from '../domain/printable.ts'
import { countServers, servedWarnings } from '../publication/served.ts'
import { lateServers } from '../state/served-seen.ts'
import { type Checked, statusOf, unknown } from './check.ts'
import type { CheckInput } from './check-input.ts'

/** Whether name servers serve what was published: those of `served.servers`, and Route 53's where asked for (behaviour §12). */
export function served({ network, stored, thresholds }: CheckInput): Checked {
  const { name, settings } = network
  if (!asksServers(settings)) return unknown(`no name server of ${name} is asked: served.servers is empty`)
  const late = lateServers(settings, stored.seen?.served)
  const count = countServers(late)
  const whose = askedServers(network)
  const text =
    count === 0
      ? `${whose}: none was found stale or unreachable`
      : `${count} of ${whose}: ${servedWarnings(late).join('; ')}`
  const figures = [{ name: 'stale_servers', value: count, unit: '' as const, thresholds }]
  return { status: statusOf(count, thresholds), text, figures }
}

function askedServers({ name, settings }: CheckInput['network']): string {
  const { servers } = settings.served
  const own = `${counted(servers.length, 'name server')} of ${name}`
  if (!asksRoute53(settings)) return own
  return servers.length === 0 ? `the name servers of Route 53 for ${name}` : `${own} and those of Route 53`
}
