/** What an alarm's text speaks of. */
export interface AlarmFacts {
  readonly network: string
  /** How many edges ought to be live. */
  readonly wanted: number
  /** From how many seconds a live edge counts as slow. */
  readonly slowSeconds: number
  /** Over how many seconds the alarm gathers what it counts. */
  readonly pointSeconds: number
}

/** Seconds as people say them: `10 minutes`, `2 hours`. */
function span(seconds: number): string {
  const [count, unit] = seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : [seconds / 60, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** For each alarm: what it means and what the person on call does about it. */
export const alarmTexts = {
  failed: ({ network }) =>
    `Cycles of ${network} fail. The log group /aws/lambda/edgemanage-${network}-manage says why (the last error): table or bucket out of reach, a missing right, a wrong configuration. What is published stays as it is; edges that die meanwhile stay live.`,
  'no-cycle': ({ network }) =>
    `No cycle of ${network} finishes. Check that the schedule edgemanage-${network} is enabled, whether there are messages in the dead-letter queue, and whether the function is throttled. Nobody watches the edges until cycles run again.`,
  'too-few-live': ({ network, wanted }) =>
    `Fewer than ${wanted} live edges of ${network} pass; if none does, visitors get no answer. Edges that fail may still be published where nothing better is left. Run edgemanage-${network}-dry-run and read the reasons of the edges that fail; repair those, add edges, or lift orders.`,
  verification: ({ network }) =>
    `An edge of ${network} answers with other bytes than the local copy of the test object. The dry run names it (outcome verify_failed): a stale cache, a new object that was not deployed here, or an edge that somebody tampers with.`,
  rotations: ({ network, pointSeconds }) =>
    `The live set of ${network} changed 4 times or more in ${span(pointSeconds)}. Read the reasons in the log: edges that waver around \`goodenough\` call for a higher one, or for \`stay_factor\`, \`down_after\` and \`up_after\`.`,
  'rotations-critical': ({ network, pointSeconds }) =>
    `The live set of ${network} changed 8 times or more in ${span(pointSeconds)}; soon the rotation budget (\`dnschange_maxfreq\`) holds it, dead edges included. Take the wavering edges off the list, or find out whether the prober itself loses packets.`,
  slow: ({ network, slowSeconds }) =>
    `A live edge of ${network} takes ${slowSeconds} s or more for the test object, or does not answer, and nothing better is left. The dry run names it; repair it or add edges. \`alarms.slow_seconds\` moves this threshold.`,
  blind: ({ network }) =>
    `None of the \`references\` of ${network} answers, so the prober takes itself to be cut off: nothing is judged, nothing published. Open the references by hand, and replace those that are gone for good.`,
  braked: ({ network }) =>
    `Many live edges of ${network} failed at once, and the brake (\`brake\`) holds the live set for \`brake_cycles\` cycles. Find out whether the edges fail or the prober's own network does: open them from elsewhere. If the edges are down, the set is replaced by itself; an order (unavailable) replaces one at once.`,
  due: ({ network }) =>
    `Zones of ${network}, or their records in Route 53, wait to be written, and cycle after cycle fails to; name servers keep the former addresses. The warnings in the log say why: rights, an outage, or too little time for the number of zones.`,
} satisfies Record<string, (facts: AlarmFacts) => string>

export type AlarmName = keyof typeof alarmTexts

/** Where an alarm is explained at length: a page of the project, with its anchor. */
export function runbookOf(name: AlarmName | 'throttled'): string {
  return `functions/cli/TROUBLESHOOTING.md#alarm-${name}`
}
