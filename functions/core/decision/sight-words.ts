import { byName, type Outcome } from '../domain/model.ts'
import type { Verdict, Vote } from '../history/run.ts'

/** What vantage points made of a failed probe: "fails here, answers from 2 of 2 regions (eu-west-1, us-west-2)". */
export function verdictWords({ verdict, votes }: Verdict): string {
  if (votes.length === 0) return 'fails here, disputed as most of the edges are that other regions were asked about'
  const count = (isCounted: (outcome: Outcome) => boolean) => votes.filter(({ outcome }) => isCounted(outcome)).length
  const isOk = (outcome: Outcome) => outcome === 'ok'
  const regions = `${votes.length} ${votes.length === 1 ? 'region' : 'regions'} (${voteWords(votes)})`
  if (verdict === 'disputed') return `fails here, answers from ${count(isOk)} of ${regions}`
  return `fails here and from ${count(outcome => !isOk(outcome))} of ${regions}`
}

/** Who saw what: "eu-west-1, us-west-2" where all got their answer, else "ok: eu-west-1; timeout: us-west-2". */
export function voteWords(votes: readonly Vote[]): string {
  const byOutcome = new Map<Outcome, string[]>()
  for (const { region, outcome } of votes) byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), region])
  const names = (regions: readonly string[]) => [...regions].sort(byName).join(', ')
  const groups = [...byOutcome].sort(([a], [b]) => byName(a, b))
  const [first] = groups
  if (groups.length === 1 && first?.[0] === 'ok') return names(first[1])
  return groups.map(([outcome, regions]) => `${outcome}: ${names(regions)}`).join('; ')
}
