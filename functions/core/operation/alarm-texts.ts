/** What an alarm's text speaks of. */
export interface AlarmFacts {
  readonly network: string
  /** How many edges ought to be live. */
  readonly wanted: number
  /** From how many seconds a live edge counts as slow. */
  readonly slowSeconds: number
}

/** For each alarm: what it means and what the person on call does about it. */
export const alarmTexts = {
  failed: ({ network }) =>
    `Cycles of ${network} fail. The log group of edgemanage-${network}-manage says why (the last error): table or bucket out of reach, a right that is missing, a wrong configuration. What is published stays as it is; edges that die meanwhile stay live.`,
  'no-cycle': ({ network }) =>
    `No cycle of ${network} comes to its end. Look whether the schedule edgemanage-${network} is enabled, whether messages lie in the dead-letter queue, and whether the function is throttled. Nobody watches the edges until cycles run again.`,
  'too-few-live': ({ network, wanted }) =>
    `Fewer than ${wanted} edges of ${network} are live. Run edgemanage-${network}-dry-run and read the reasons of the edges that are out; fix those, add edges, or end orders.`,
  verification: ({ network }) =>
    `An edge of ${network} answers with other bytes than the local copy of the test object. The dry run names it (outcome verify_failed): a stale cache, a new object that was not deployed here, or an edge that somebody tampers with.`,
  rotations: ({ network }) =>
    `The live set of ${network} changed 4 times or more in 10 minutes. Read the reasons in the log: edges that waver around \`goodenough\` want a higher one, or \`stay_factor\`, \`down_after\` and \`up_after\`.`,
  'rotations-critical': ({ network }) =>
    `The live set of ${network} changed 8 times or more in 10 minutes; soon the rotation budget (\`dnschange_maxfreq\`) holds it, dead edges included. Take the wavering edges off the list, or look whether the prober itself loses packets.`,
  slow: ({ network, slowSeconds }) =>
    `A live edge of ${network} needs ${slowSeconds} s or more for the test object, or does not answer, and nothing better is at hand. The dry run names it; fix it or add edges. \`alarms.slow_seconds\` moves this threshold.`,
  blind: ({ network }) =>
    `None of the \`references\` of ${network} answers, so the prober takes itself for cut off: nothing is judged, nothing published. Open the references by hand, and replace those that are gone for good.`,
  due: ({ network }) =>
    `Zones of ${network}, or their records in Route 53, wait to be written and cycle after cycle fails at it; name servers keep the former addresses. The warnings in the log say why: rights, an outage, or too little time for the number of zones.`,
} satisfies Record<string, (facts: AlarmFacts) => string>

export type AlarmName = keyof typeof alarmTexts

/** Where an alarm is explained at length: a page of the project, with its anchor. */
export function runbookOf(name: AlarmName): string {
  return `functions/cli/TROUBLESHOOTING.md#alarm-${name}`
}
