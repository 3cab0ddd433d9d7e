import type { Settings } from '../config/settings.ts'
import { inSeconds } from '../domain/micros.ts'
import { byName } from '../domain/model.ts'
import { ownFaultWords } from '../domain/own-fault.ts'

/** The prober is too slow for its work where it is late by this share of `goodenough` again and again. */
const tooLate = 0.5

/** How busy the prober was itself. */
export interface Prober {
  /** The event loop's worst delay, in whole milliseconds. */
  readonly lagMs: number
  /** A delay that it had three times at least. */
  readonly oftenLagMs: number
  /** Edges that may have missed `goodenough` for that reason, and were too many to be fetched once more. */
  readonly unsure: number
  /** Probes that were skipped for a failure of the prober's own, by the system's code (behaviour §1.5). */
  readonly ownFaults: ReadonlyMap<string, number>
}

/** What an operator should know about the prober itself; each a sentence. */
export function proberWarnings(prober: Prober, { goodenough, workers }: Settings): string[] {
  const isSlow = prober.oftenLagMs >= goodenough * 1000 * tooLate
  const late = `the prober was busy itself, up to ${inSeconds(prober.lagMs / 1000)} late where goodenough is ${inSeconds(goodenough)}`
  const cure = `give the function more memory (and so more of a processor), or lower workers (${workers})`
  return [
    ...ownFaultWarning(prober.ownFaults, workers),
    ...(isSlow ? [`${late}: ${cure}`] : []),
    ...(prober.unsure > 0
      ? [`${prober.unsure} more edges may have missed goodenough only because the prober was busy: ${cure}`]
      : []),
  ]
}

const cures: Readonly<Record<string, string>> = {
  EMFILE: 'raise its limit of open files (ulimit -n)',
  ENFILE: "raise the machine's limit of open files (fs.file-max)",
  ENOBUFS: 'give the machine more memory for network buffers',
  ENOMEM: 'give the machine more memory',
  EAI_MEMORY: 'give the machine more memory',
  EADDRNOTAVAIL: 'widen the range of local ports (net.ipv4.ip_local_port_range)',
  EPERM: "look at the machine's firewall and sandbox rules",
  EACCES: "look at the machine's firewall and sandbox rules",
}

/** One warning that names how many probes were skipped for the prober's own failures, and why. */
function ownFaultWarning(faults: ReadonlyMap<string, number>, workers: number): string[] {
  const kinds = [...faults].sort(([a, many], [b, more]) => more - many || byName(a, b))
  if (kinds.length === 0) return []
  const total = kinds.reduce((sum, [, count]) => sum + count, 0)
  const causes = kinds.map(([code, count]) => {
    const number = kinds.length === 1 ? '' : `, ${count} of them`
    return `${ownFaultWords(code) ?? 'this machine failed'} (${code}${number})`
  })
  const advice = [...new Set(kinds.flatMap(([code]) => cures[code] ?? []))]
  const probes = total === 1 ? '1 probe was' : `${total} probes were`
  return [
    `${probes} skipped for no fault of the edges: ${causes.join('; ')}. To fix it, ${[...advice, `lower workers (${workers})`].join(', or ')}`,
  ]
}
