import type { ConfigEvent, Desired, Pointer } from '../../core/config/pointer.ts'
import { messageOf } from '../../core/domain/message.ts'
import type { Configurations } from '../ports/configurations.ts'
import type { Lease, Ports } from '../ports/ports.ts'
import { eventOf, isChange } from './move-pointer.ts'
import type { InUse } from './take-up.ts'

/** What of a cycle has to do with its configuration; `now` in milliseconds. */
interface TakenCycle {
  readonly inUse?: InUse | null
  readonly network: { readonly name: string }
  readonly ports: Pick<Ports, 'clock' | 'configurations'>
  readonly now: number
}

/**
 * Keeps what a cycle has taken up, where that is news: a deploy is stored and logged, a push that it set aside is marked and
 * never holds again (behaviour §11.5). A cycle does its work without that: what fails is tried again by the next one, as it
 * finds the same news. Never rejects: the answer is what an operator should know (null: nothing).
 */
export async function noteTaking({ inUse, ports, network, now }: TakenCycle, lease: Lease): Promise<string | null> {
  const { configurations } = ports
  if (inUse === null || inUse === undefined || inUse.taken === null || configurations === undefined) return null
  if (ports.clock() >= lease.until) return null
  try {
    await inUse.store?.()
    await notePush(network.name, inUse, configurations)
    if (inUse.news.isNewDeploy) await noteDeploy(network.name, inUse, configurations, now)
    await configurations.take(network.name, inUse.taken)
    return null
  } catch (error) {
    return `what is in force could not be noted: ${messageOf(error)}`
  }
}

/** A push that was killed after its write has no entry in the log yet; the same entry twice is one. */
async function notePush(network: string, { desired, loaded }: InUse, configurations: Configurations): Promise<void> {
  const { pointer } = desired
  if (pointer === null || pointer === 'unreadable' || pointer.hash !== loaded.hash || pointer.aside !== null) return
  if (isChange(pointer)) await configurations.enter(network, eventOf(pointer))
}

async function noteDeploy(network: string, inUse: InUse, configurations: Configurations, now: number): Promise<void> {
  const { news, desired, taken } = inUse
  const deployed = String(taken?.deployed)
  const { aside } = news
  if (aside !== null) await configurations.move(network, { ...aside, aside: now }, aside)
  await configurations.enter(network, deployEvent(deployed, desired, aside, now))
}

function deployEvent(hash: string, { taken }: Desired, aside: Pointer | null, at: number): ConfigEvent {
  const before = taken === null || taken === 'unreadable' ? null : taken.hash
  const event = { what: 'deploy', hash, previous: aside?.hash ?? before, by: 'deploy', at, comment: '' } as const
  return aside === null || aside.hash === hash ? event : { ...event, setAside: { hash: aside.hash, by: aside.by } }
}
