/** One metric of the Prometheus text format with all its series. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly series: readonly Series[]
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Gauges in the Prometheus text format, version 0.0.4. A metric without series is left out. */
export function renderMetrics(families: readonly Family[]): string {
  return families
    .filter(({ series }) => series.length > 0)
    .map(({ name, help, series }) => {
      const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n`
      return head + series.map(one => `${name}${renderLabels(one.labels)} ${one.value}\n`).join('')
    })
    .join('')
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"')
}
