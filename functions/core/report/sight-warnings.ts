import { counted } from '../domain/printable.ts'

/** How vantage points were asked in a cycle (behaviour §10.2). */
export interface Sight {
  /** The edges that there was a question about, by name. */
  readonly edges: readonly string[]
  /** Edges that would fall as well, and were too many to be asked about. */
  readonly unasked: readonly string[]
  /** Edges whose address no vantage point may fetch from, or that have none. */
  readonly outOfReach: readonly string[]
  /** The vantage points of the network. */
  readonly regions: readonly string[]
  /** Those that were asked and gave no vote at all, and why. */
  readonly abstained: readonly { readonly region: string; readonly why: string }[]
  /** Edges that were asked about and that nobody voted on. */
  readonly unvoted: readonly string[]
  /** Whether they were asked: not in a dry run, and not where too little time was left. */
  readonly asked: 'yes' | 'dry run' | 'no time'
}

/** What an operator should know about the asking of vantage points; each a sentence. */
export function sightWarnings(sight: Sight | null): string[] {
  if (sight === null) return []
  return [
    ...askingWarnings(sight),
    ...aboutEdges('too many edges would fall at once: other regions were not asked about', sight.unasked),
    ...aboutEdges('no vantage point can fetch from the addresses of', sight.outOfReach),
  ]
}

function askingWarnings({ edges, regions, abstained, unvoted, asked }: Sight): string[] {
  const names = edges.join(', ')
  if (edges.length === 0) return []
  if (asked === 'dry run') {
    return [`a cycle would ask ${regions.join(', ')} about ${names}; a dry run asks none of them`]
  }
  if (asked === 'no time') return [`no vantage point was asked about ${names}: too little time was left for probing`]
  const why = abstained.map(({ region, why }) => `${region}: ${why}`).join('; ')
  if (abstained.length === regions.length)
    return [`no vantage point voted on ${names}, so the prober decided alone (${why})`]
  return [
    ...(abstained.length === 0
      ? []
      : [`${abstained.length} of ${counted(regions.length, 'vantage point')} did not vote (${why})`]),
    ...(unvoted.length === 0 ? [] : [`no vantage point voted on ${unvoted.join(', ')}, so the prober decided alone`]),
  ]
}

function aboutEdges(words: string, edges: readonly string[]): string[] {
  return edges.length === 0 ? [] : [`${words} ${edges.join(', ')}`]
}
