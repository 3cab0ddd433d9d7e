import { fetchAsOriginal } from '../../adapters/probe/original-fetch.ts'
import { openProbe } from '../../app/open-ports.ts'
import type { Network } from '../../core/config/network.ts'
import type { Probe } from '../../core/domain/model.ts'
import { inParallel } from '../../cycle/flow/pool.ts'
import type { Target } from '../../cycle/ports/ports.ts'
import { requestOf } from '../../cycle/probing/targets.ts'
import { type Column, renderTable } from '../output/table.ts'
import type { Terminal } from '../output/terminal.ts'

/** One edge, fetched both ways: each fetch in seconds, or in words why it failed. */
export interface Measured {
  readonly network: string
  readonly edge: string
  /** As the original measured. */
  readonly original: readonly (number | string)[]
  /** As edgemanage measures now. */
  readonly here: readonly (number | string)[]
  readonly goodenough: number
}

const fetches = 3
/** As many edges at a time as the original had workers. */
const edgesAtOnce = 10

/** Fetches every edge of these networks three times both ways, in turn, so that neither finds a warmer edge. */
export async function measure(networks: readonly Network[], terminal: Terminal): Promise<Measured[]> {
  const all = networks.flatMap(network => network.edges.map(edge => ({ network, edge })))
  const measured: Measured[] = []
  await inParallel(
    all,
    edgesAtOnce,
    () => terminal.closed.aborted,
    async ({ network, edge }) => {
      measured.push(await measureEdge(network, { kind: 'edge', ...edge, preferred: null }))
      terminal.progress(`fetched ${measured.length} of ${all.length} edges`)
    },
  )
  terminal.progress('')
  const places = new Map(all.map(({ network, edge }, at) => [`${network.name} ${edge.name}`, at]))
  const placeOf = ({ network, edge }: Measured) => Number(places.get(`${network} ${edge}`))
  return measured.sort((a, b) => placeOf(a) - placeOf(b))
}

async function measureEdge(network: Network, target: Target): Promise<Measured> {
  const request = requestOf(network)
  const probe = openProbe()
  const [original, here]: [(number | string)[], (number | string)[]] = [[], []]
  for (let n = 0; n < fetches; n++) {
    const found: Probe = await probe(target, request, new AbortController().signal)
    here.push(found.outcome === 'ok' ? found.fetchMicros / 1e6 : found.detail || found.outcome)
    if (found.address === null) original.push('the name does not resolve')
    else {
      const fetched = await fetchAsOriginal(found.address, request)
      original.push('seconds' in fetched ? Math.round(fetched.seconds * 1e6) / 1e6 : fetched.failed)
    }
  }
  return { network: network.name, edge: target.name, original, here, goodenough: network.settings.goodenough }
}

/** The two columns, and how many edges stay below `goodenough` in each. */
export function measuredInWords(measured: readonly Measured[], { width, paint }: Terminal): string[] {
  const columns: Column<Measured>[] = [
    { title: 'NETWORK', text: one => one.network },
    { title: 'EDGE', text: one => one.edge },
    { title: 'ORIGINAL', text: one => inWords(one.original) },
    { title: 'HERE', text: one => inWords(one.here) },
  ]
  const good = (way: 'original' | 'here') =>
    measured.filter(one => one[way].every(found => typeof found === 'number' && found < one.goodenough)).length
  return [
    ...renderTable(columns, measured, width, paint),
    `Below goodenough in every fetch: ${good('original')} of ${measured.length} edges as the original measured, ${good('here')} as it is measured here.`,
  ]
}

function inWords(found: readonly (number | string)[]): string {
  const [first] = found
  if (typeof first === 'string' && found.every(one => one === first)) return first
  return found.map(one => (typeof one === 'number' ? one.toFixed(3) : one)).join(' ')
}
