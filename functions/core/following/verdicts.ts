import { oneLine } from '../domain/printable.ts'

const maxLines = 3
const unhelpful = /using RFC1035 TTL|loading from master file|not loaded due to errors|^OK$|: loaded serial/
const maxReason = 300

/** Why `named-checkzone` refused a zone, of what it printed: the lines that say it, not where the file is. */
export function zoneReason(output: string, file: string): string {
  const lines = output
    .split('\n')
    .map(line => line.replaceAll(`${file}:`, 'line ').trim())
    .filter(line => line !== '' && !unhelpful.test(line))
  return oneLine(lines.slice(0, maxLines).join('; '), maxReason) || 'refused without a reason'
}

/** A zone that was judged among others. */
export interface JudgedZone {
  readonly zone: string
  /** The path of its file, as the configuration had it. */
  readonly file: string
}

/** What `named-checkconf -z` printed about each of these zones: null where it loads one, else why not. */
export function zoneVerdicts(output: string, zones: readonly JudgedZone[]): ReadonlyMap<string, string | null> {
  const lines = new Map<string, string[]>()
  const loaded = new Set<string>()
  const byFile = new Map(zones.map(({ zone, file }) => [file, zone]))
  const add = (zone: string, line: string) => lines.set(zone, [...(lines.get(zone) ?? []), line])
  for (const line of output.split('\n')) {
    const [, named, said = ''] = /^zone (\S+)\/IN: (.*)$/.exec(line) ?? []
    if (named !== undefined && said.startsWith('loaded serial ')) loaded.add(named)
    const [, file = ''] = /^(.*?):\d+: /.exec(line) ?? []
    const zone = named ?? byFile.get(file)
    if (zone !== undefined) add(zone, line)
  }
  return new Map(
    zones.map(({ zone, file }) => [
      zone,
      loaded.has(zone) ? null : zoneReason((lines.get(zone) ?? []).join('\n'), file),
    ]),
  )
}

/** Why `named-checkconf` refused a configuration, of what it printed. */
export function confReason(output: string, file: string): string {
  const lines = output.split('\n').map(line => line.replaceAll(`${file}:`, 'line ').trim())
  return oneLine(lines.filter(Boolean).slice(0, maxLines).join('; '), maxReason) || 'refused without a reason'
}
