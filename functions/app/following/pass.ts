import { messageOf } from '../../core/domain/message.ts'
import type { ZoneFault } from '../../core/following/claims.ts'
import { zonesInClauses } from '../../core/following/clauses.ts'
import { emptyReport, judgedReport, type PassReport, placedOf } from '../../core/following/pass-report.ts'
import { type Judged, type Plan, planOf, waitingFor, zonesAfter, zonesIntended } from '../../core/following/plan.ts'
import { type FollowerState, parseState, renderState } from '../../core/following/state.ts'
import type { FollowerPorts } from '../../cycle/ports/following.ts'
import { askForReloads } from './ask-for-reloads.ts'
import { type Look, look } from './look.ts'
import { newFiles } from './new-files.ts'
import { type NewTexts, newTexts } from './new-texts.ts'
import type { Followed } from './read-manifests.ts'

/** How a follower is to work. */
export interface PassOptions {
  readonly followed: Followed
  /** The name of the catalog zone; null: none is kept. */
  readonly catalog: string | null
  readonly graceMs: number
  readonly yes: boolean
  readonly everySeconds: number | null
}

/** One pass (behaviour §12.1–12.3). Never rejects: what goes wrong is in the report. */
export async function runPass(options: PassOptions, ports: FollowerPorts): Promise<PassReport> {
  const startedMs = ports.monotonic()
  const now = ports.clock()
  const empty = emptyReport(now, options.everySeconds)
  let report: PassReport
  try {
    report = { ...empty, ...(await work(options, now, ports)) }
  } catch (error) {
    report = { ...empty, ...(await standing(ports)), warnings: [messageOf(error)] }
  }
  return judgedReport({ ...report, durationMs: Math.round(ports.monotonic() - startedMs) })
}

type Found = Partial<PassReport>

/** What is known to be in place when a pass broke off; nothing where that cannot be read. */
async function standing({ folder }: FollowerPorts): Promise<Found> {
  try {
    const { waiting } = parseState(await folder.read('state')) ?? { waiting: { reconfig: false, zones: [] } }
    return { zones: zonesInClauses(await folder.read('clauses'))?.length ?? 0, waiting }
  } catch {
    return {}
  }
}

async function work(options: PassOptions, now: number, ports: FollowerPorts): Promise<Found> {
  const seen = await look(options.followed, options.catalog, ports)
  const { judged, failed } = await newFiles(seen, now, ports)
  const plan = planOf(seen.sighted, judged, { now, ...options })
  const texts = await newTexts(seen, plan, options.catalog, now, ports)
  const waiting = waitingFor(seen.sighted, plan, texts.changes, options.catalog)
  const { networks, state } = seen.sighted
  const about = { networks, zones: zonesIntended(state, judged), refused: plan.refused, missing: plan.missing }
  const intended: FollowerState = { ...about, waiting }
  // From here on a pass that is killed leaves word of what the server has yet to be asked for.
  const intendedText = renderState(intended)
  if (intendedText !== seen.stateText) await ports.folder.write('state', intendedText)
  const stamps = await putInPlace(judged, texts, ports)
  const asked = plan.isBlind
    ? { waiting, reconfigured: false, reloaded: [], faults: [] }
    : await askForReloads(waiting, ports.askServer)
  const { zones, unused } = zonesAfter(seen.sighted, plan, stamps)
  // The server has let go of them by then.
  const isReleased = !asked.waiting.reconfig && texts.faults.length === 0
  if (isReleased) await tidy(unused, options.catalog, ports)
  const kept = isReleased ? [] : unused.flatMap(zone => [...state.zones].filter(([name]) => name === zone))
  const missing = new Map([...plan.missing].filter(([zone]) => !texts.left.includes(zone)))
  const after = renderState({ ...intended, zones: new Map([...zones, ...kept]), missing, waiting: asked.waiting })
  if (after !== intendedText) await ports.folder.write('state', after)
  return {
    ...reportOf(seen, judged, plan, texts, options.catalog),
    failed: [...failed, ...lostFiles(seen, plan, judged, failed)],
    ...{ reconfigured: asked.reconfigured, reloaded: asked.reloaded, waiting: asked.waiting },
    warnings: [
      ...texts.faults,
      ...optionFaults(seen),
      ...asked.faults.map(fault => `the name server refused: ${fault}`),
    ],
  }
}

/** Zones first, then the catalog, then the clauses that name them; the answer is the stamps of the zones' files. */
async function putInPlace(
  { good }: Judged,
  { clauses, catalog }: NewTexts,
  { folder, progress }: FollowerPorts,
): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>()
  for (const zone of good.keys()) {
    stamps.set(zone, await folder.place(zone))
    progress('placing zones', stamps.size, good.size)
  }
  if (catalog !== null) await folder.write('catalog', catalog)
  if (clauses !== null) await folder.write('clauses', clauses)
  return stamps
}

/** Removes the files that no clause names any more. */
async function tidy(unused: readonly string[], catalog: string | null, { folder }: FollowerPorts): Promise<void> {
  for (const zone of unused) await folder.removeZone(zone)
  if (catalog === null) await folder.remove('catalog')
}

/** What a pass found and changed. */
function reportOf(
  { sighted, sights }: Look,
  { good }: Judged,
  plan: Plan,
  texts: NewTexts,
  catalog: string | null,
): Found {
  const { missing, kept, members } = plan
  const areInForce = texts.faults.length === 0
  return {
    networks: sights,
    zones: areInForce ? members.size : (sighted.named ?? []).length,
    placed: [...good.values()].map(placedOf),
    added: [...good.keys()].filter(zone => sighted.named?.includes(zone) !== true),
    left: texts.left,
    kept,
    missing: [...missing]
      .filter(([zone]) => !texts.left.includes(zone))
      .map(([zone, since]) => ({ zone, since: new Date(since).toISOString() })),
    catalog: catalog === null || texts.serial === null ? null : { zone: catalog, serial: texts.serial },
  }
}

/** Zones with a clause whose file is not there, and nobody has said so yet. */
function lostFiles({ sighted }: Look, plan: Plan, { good }: Judged, failed: readonly ZoneFault[]): ZoneFault[] {
  const told = new Set(failed.map(({ zone }) => zone))
  return [...plan.members].flatMap(([zone, network]) => {
    if (sighted.inPlace.has(zone) || good.has(zone) || told.has(zone)) return []
    return [{ zone, network, reason: 'its file is gone, and no manifest has it' }]
  })
}

function optionFaults({ sighted }: Look): string[] {
  return [...sighted.networks].flatMap(([network, { optionsFault }]) =>
    optionsFault === null ? [] : [`dns.zone_options of ${network} are left as they were: ${optionsFault}`],
  )
}
