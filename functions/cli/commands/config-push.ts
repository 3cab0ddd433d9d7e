import { signerOf } from '../../app/caller-identity.ts'
import {
  carryOut,
  conflictWords,
  type PushOutcome,
  type PushPlan,
  planPush,
  unchanged,
} from '../../app/configuration/push.ts'
import { signature } from '../../app/configuration/signature.ts'
import { folderSnapshot, pushableReadings } from '../../app/configuration/site.ts'
import { chooseSubject } from '../../app/cycle-subject.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { atOnce, runManagedCycle } from '../../app/run-cycle.ts'
import { type Place, placeOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import { shortHash } from '../../core/config/taking.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { maxRunSeconds } from '../../core/domain/limits.ts'
import { askYesNo, canAsk } from '../input/ask.ts'
import { renderPlan } from '../output/plan.ts'
import { renderReport } from '../output/report.ts'
import { problemTeller } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'

export interface PushFlags extends NetworkFlags {
  readonly comment?: string
  readonly yes?: boolean
  readonly dryRun?: boolean
}

/** `edgemanage config push`: puts what lies in the folder in force (behaviour §11.2). The answer is the exit status. */
export async function pushConfig(flags: PushFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const place = placeOf(flags, env)
  const who = signature(signerOf(env, place.kind !== 'local'), flags.comment)
  const snapshot = folderSnapshot(flags, env)
  const readings = pushableReadings(snapshot, flags, env)
  problemTeller(terminal)(snapshot.configuration.problems)
  const open = storageAt(place, env)
  const isDry = flags.dryRun === true
  const plan = await withStorage(open, isDry, storage => planPush(readings, storage, place, flags.dnet === undefined))
  refuseDeploy(plan)
  for (const sentence of plan.stays) terminal.err(`edgemanage: warning: ${sentence}\n`)
  if (isDry) return showPlans(plan, flags, place, terminal, env)
  await insistOnYes(plan.yes, flags.yes === true, terminal)
  const outcomes = await withStorage(open, false, storage => carryOut(plan, who, storage))
  return tell(outcomes, flags, terminal)
}

/** Throws `UsageError` with each reason where a push takes a deploy (behaviour §11.3). */
export function refuseDeploy({ deploy }: Pick<PushPlan, 'deploy'>): void {
  if (deploy.length === 0) return
  const reasons = deploy.map(reason => `  ${reason}\n`).join('')
  throw new UsageError(`this needs a deploy; nothing was changed:\n${reasons}`.trimEnd())
}

/** Asks for what needs `--yes`; without a terminal, only the flag is a yes. */
export async function insistOnYes(reasons: readonly string[], yes: boolean, terminal: Terminal): Promise<void> {
  if (reasons.length === 0) return
  terminal.err(reasons.map(reason => `edgemanage: ${reason}\n`).join(''))
  if (yes) return
  if (!canAsk(process)) throw new UsageError('not a terminal: pass --yes; nothing was changed')
  if (!(await askYesNo('Go on?', process))) throw new UsageError('nothing was changed')
}

/** Prints what became of each network, and of a conflict who was first; the answer is the exit status. */
export function tell(outcomes: readonly PushOutcome[], { json }: PushFlags, terminal: Terminal): number {
  for (const outcome of outcomes) {
    if (json === true) terminal.out(`${JSON.stringify(outcome)}\n`)
    else terminal.out(`${outcome.network}: ${words(outcome)}\n`)
  }
  const conflict = outcomes.find(({ action }) => action === 'conflict')
  if (conflict === undefined) return exitStatus.success
  const changed = outcomes.filter(({ action }) => action === 'pushed').map(({ network }) => network)
  terminal.err(`edgemanage: ${conflictWords(conflict, changed)}\n`)
  return exitStatus.failed
}

function words({ action, hash, previous }: PushOutcome): string {
  const short = shortHash(hash)
  if (action === 'unchanged') return `${short} is in force already`
  if (action === 'pushed')
    return `${short} is in force${previous === null ? '' : `, before it was ${shortHash(previous)}`}`
  return 'not changed'
}

/** Shows what the next cycle of each network that differs would do with it; stores nothing. */
async function showPlans(
  plan: PushPlan,
  flags: PushFlags,
  place: Place,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  for (const reason of plan.yes) terminal.err(`edgemanage: this needs --yes: ${reason}\n`)
  const open = storageAt(place, env)
  let status: number = exitStatus.success
  for (const one of plan.networks) {
    const { network, reading, differs } = one
    if (!differs) {
      tell([unchanged(one)], flags, terminal)
      continue
    }
    const subject = {
      ...(await chooseSubject({ flags: { ...flags, dnet: network }, env, place, open })),
      reading: { ...reading, parts: async () => reading },
      isTried: true,
    }
    const run = { ...flags, dryRun: true, maxSeconds: maxRunSeconds }
    const { report, published } = await runManagedCycle(subject, run, { open, notBefore: atOnce }, terminal)
    if (report.status === 'failed') status = exitStatus.failed
    const { paint, width } = terminal
    if (flags.json === true) terminal.out(`${JSON.stringify(report)}\n`)
    else {
      terminal.out(renderReport(report, { paint, width, verbose: flags.verbose === true }))
      if (report.edges.length > 0) terminal.out(renderPlan(report, published, paint))
    }
  }
  return status
}
