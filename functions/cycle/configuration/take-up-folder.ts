import type { FolderReading } from '../../core/config/folder-reading.ts'
import type { Loaded } from '../../core/config/loaded.ts'
import type { Desired } from '../../core/config/pointer.ts'
import { formatProblem, problemLines } from '../../core/config/problem.ts'
import { boundedReasons, configurationReport, isSameTaken, takenAfter, takenIn } from '../../core/config/taking.ts'
import { messageOf } from '../../core/domain/message.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import { productVersion } from '../../core/domain/version.ts'
import { obstaclesBetween } from '../../core/operation/push-rules.ts'
import type { Configurations } from '../ports/configurations.ts'
import { cleanUp } from './clean-up.ts'
import { movePointer, storeForMove } from './move-pointer.ts'
import { type BundleSources, configurationInForce, type InUse, NoConfiguration, type TakeUp } from './take-up.ts'

/** This many problems of a folder are told by a cycle. */
const maxProblems = 100

type Valid = Extract<FolderReading, { is: 'valid' }>

/** One network as a folder has it; `parts` gives all of it, for anyone who stores it. */
export type FolderLook =
  | { readonly is: 'valid'; readonly loaded: Loaded; readonly parts: () => Promise<Valid> }
  | Extract<FolderReading, { is: 'invalid' }>

/** A folder of this machine, and whose it is. */
export interface FolderSource {
  readonly reading: FolderLook
  /** Reads the folder once more, a little later. */
  readonly again: () => Promise<FolderLook>
  readonly signer: string
  readonly configurations: Configurations
  readonly sources: BundleSources
}

/**
 * How a cycle on one machine takes up its configuration (behaviour §11.7): a folder that has changed is put in force as if it
 * were pushed; where it is invalid, or unchanged since, what is in force holds. A dry run shows what the folder would do.
 */
export function folderTakeUp(given: FolderSource): TakeUp {
  return async (desired, { now, dryRun }) => {
    const { signer, sources } = given
    const reading = await settledReading(given, desired)
    if (reading.is === 'invalid') return withProblems(await configurationInForce(desired, sources, now), reading)
    const { loaded } = reading
    sources.memory.set(loaded.hash, loaded)
    const signed = { by: signer, at: now, comment: '' }
    const pointer = desired.pointer === 'unreadable' ? null : desired.pointer
    if (dryRun && pointer?.hash !== loaded.hash) return plain(reading, signed, desired)
    if (dryRun) return configurationInForce(desired, sources, now)
    if (pointer?.folder === loaded.hash) return configurationInForce(desired, sources, now)
    try {
      return await putInForce(given, reading, desired, now)
    } catch (error) {
      if (error instanceof NoConfiguration) throw error
      return withoutFolder(given, desired, now, messageOf(error))
    }
  }
}

/** A changed folder that could not be put in force: what is in force goes on. Throws `NoConfiguration`. */
async function withoutFolder({ sources }: FolderSource, desired: Desired, now: number, why: string): Promise<InUse> {
  const inUse = await configurationInForce(desired, sources, now)
  return { ...inUse, warnings: [`the changed folder is not taken up: ${why}`, ...inUse.warnings] }
}

/** A folder that somebody works on is read this often, at most, until it is twice the same. */
const maxReadings = 8

/**
 * The folder as it is when nobody is writing it: one that has changed, or has errors, is read until two readings are the same.
 * Where they never are, what is in force goes on.
 */
async function settledReading({ reading, again }: FolderSource, { pointer }: Desired): Promise<FolderLook> {
  const known = pointer === null || pointer === 'unreadable' ? null : pointer.folder
  let last = reading
  if (last.is === 'valid' && last.loaded.hash === known) return last
  for (let count = 1; count < maxReadings; count++) {
    const next = await again()
    if (isSameReading(last, next)) return next
    last = next
  }
  const message = 'the folder changes while it is read: it is taken up once nothing writes to it any more'
  const place = { file: 'edgemanage.yaml', line: 1, column: 1, network: null, scope: 'settings' as const }
  return { is: 'invalid', problems: [{ severity: 'error', ...place, message }] }
}

function isSameReading(a: FolderLook, b: FolderLook): boolean {
  if (a.is === 'valid' && b.is === 'valid') return a.loaded.hash === b.loaded.hash
  return a.is === 'invalid' && b.is === 'invalid' && JSON.stringify(a.problems) === JSON.stringify(b.problems)
}

type ValidLook = Extract<FolderLook, { is: 'valid' }>

async function putInForce(given: FolderSource, valid: ValidLook, desired: Desired, now: number): Promise<InUse> {
  const { signer, configurations, sources } = given
  const { loaded } = valid
  const { network, bucket } = sources
  const before = await configurationInForce(desired, sources, now).catch(unlessNothing)
  const isSame = before?.loaded.hash === loaded.hash
  const { pointer } = desired
  if (isSame && pointer !== null && pointer !== 'unreadable' && pointer.hash === loaded.hash) {
    await configurations.move(network, { ...pointer, id: configurations.newId(), folder: loaded.hash }, pointer)
    return configurationInForce(await configurations.read(network), sources, now)
  }
  const parts = await valid.parts()
  const { source } = await storeForMove(bucket, network, parts.bundle, parts.settings)
  const signed = { by: signer, at: now, comment: '' }
  const was = before === null ? null : { hash: before.loaded.hash, ...before.signed }
  const move = { what: 'folder', network, hash: loaded.hash, signed, inForce: was, deployed: null, source } as const
  await movePointer({ ...move, folder: loaded.hash }, desired, configurations.newId(), configurations)
  await tidy(given, parts)
  // Whoever was first, in their place or ours: what the pointer says now is in force.
  const after = await configurationInForce(await configurations.read(network), sources, now)
  const doubts = before === null || isSame ? [] : obstaclesBetween(before.loaded.network, loaded.network).yes
  return { ...after, warnings: [...after.warnings, ...doubts.map(doubt => `taken up without --yes: ${doubt}`)] }
}

/** A push that tidied up meanwhile knew nothing of this bundle. That nothing is tidied up does not harm a cycle. */
async function tidy({ configurations, sources }: FolderSource, { bundle, settings }: Valid): Promise<void> {
  const { network, bucket } = sources
  await storeForMove(bucket, network, bundle, settings)
  await cleanUp(network, { configurations, bucket }).catch(() => 0)
}

function unlessNothing(error: unknown): null {
  if (error instanceof NoConfiguration) return null
  throw error
}

/** The folder as it is, for a dry run. */
function plain({ loaded }: ValidLook, signed: InUse['signed'], desired: Desired): InUse {
  const report = configurationReport(loaded, signed, null)
  const news = { rejected: null, aside: null, isNewDeploy: false }
  return { loaded, report, warnings: [], taken: null, signed, desired, news }
}

/** What is in force goes on; that the folder is invalid is said in every cycle, and kept like a rejected bundle. */
function withProblems(inUse: InUse, { problems }: Extract<FolderReading, { is: 'invalid' }>): InUse & { problems: [] } {
  const reasons = boundedReasons(problems.map(formatProblem))
  const rejected = { hash: null, version: productVersion, isFinal: false, reasons }
  const { loaded, signed, desired, news } = inUse
  const taken = takenAfter(loaded.hash, signed, { deployed: null, rejected })
  const known = takenIn(desired)
  const isNews = known?.rejected === null || known?.rejected?.hash !== null
  const report = { ...inUse.report, rejected: [...inUse.report.rejected, ...reasons] }
  const first = `the folder has errors and is not taken up: what has been in force since ${utcWords(Date.parse(report.since))} stays in force`
  return {
    ...inUse,
    problems: [],
    report,
    warnings: [first, ...problemLines(problems, maxProblems), ...inUse.warnings],
    taken: isSameTaken(taken, desired.taken) ? null : taken,
    news: isNews ? { ...news, rejected } : news,
  }
}

/**
 * How a cycle that an operator's machine runs on AWS takes up its configuration: what was pushed or deployed there. Where
 * neither ever was, the folder is used as it is, and is put in force by nobody.
 */
export function remoteTakeUp({ reading, signer, sources }: Omit<FolderSource, 'again' | 'configurations'>): TakeUp {
  return async (desired, { now }) => {
    const { pointer, taken } = desired
    if (pointer === null && taken === null && reading.is === 'valid') {
      return plain(reading, { by: signer, at: now, comment: '' }, desired)
    }
    if (reading.is === 'valid') sources.memory.set(reading.loaded.hash, reading.loaded)
    const deployed = taken === null || taken === 'unreadable' ? null : taken.deployed
    return configurationInForce(desired, { ...sources, deployed }, now)
  }
}

/** How a dry run tries out a folder, whatever is in force. */
export function triedTakeUp(reading: FolderLook, signer: string): TakeUp {
  return async (desired, { now }) => {
    if (reading.is === 'invalid') throw new NoConfiguration(reading.problems.map(formatProblem).join('; '))
    return plain(reading, { by: signer, at: now, comment: '' }, desired)
  }
}
