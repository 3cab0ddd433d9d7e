import { carryOut, planPush } from '../../../functions/app/configuration/push.ts'
import { planRollback, rollBack } from '../../../functions/app/configuration/rollback.ts'
import { storageOf } from '../../helpers/push-place.ts'
import { bodyOf, type Name, type Net, names, place, readingOf, type Sim, stepOf } from './sim.ts'

export function act(sim: Sim): void {
  const { random, counts, nets } = sim
  const net = random.pick(nets)
  const chosen = random.chance(0.5) ? names : [net.name]
  if (random.chance(0.3)) void push(sim, chosen, random.chance(0.2) ? 'last' : 'next')
  if (random.chance(0.05)) void push(sim, chosen, 'next')
  if (random.chance(0.08)) void rollback(sim, net)
  if (random.chance(0.05)) {
    counts.deploys++
    deploy(sim, net)
  }
  if (random.chance(0.08)) harm(sim, net)
  else if (random.chance(0.3)) repair(sim)
  if (random.chance(0.02)) harmItem(sim, net)
}

export async function push(sim: Sim, chosen: readonly Name[], which: 'last' | 'next'): Promise<void> {
  const { counts } = sim
  if (which === 'next') sim.revision++
  const wanted = new Map(chosen.map(name => [name, readingOf(sim, name, sim.revision)] as const))
  const storage = storageOf(sim.kept, stepOf(sim, { faults: 0 }))
  try {
    const plan = await planPush(wanted, storage, place, false)
    const outcomes = await carryOut(plan, { by: 'ann', comment: '' }, storage)
    counts.pushes += outcomes.filter(({ action }) => action === 'pushed').length
    counts.conflicts += outcomes.filter(({ action }) => action === 'conflict').length
    for (const { network, action, hash } of outcomes) if (action === 'pushed') acknowledged(sim, network, hash)
  } catch {
    // It was not acknowledged: it is in force, or it is not.
  }
}

/** What was acknowledged must have been in force at some time since. */
export function acknowledged({ nets, broken }: Sim, network: string, hash: string): void {
  const net = nets.find(({ name }) => name === network)
  if (!net?.moments.some(moment => moment.hash === hash)) broken.push(`${network}: ${hash} was never in force`)
}

export async function rollback(sim: Sim, { name }: Net): Promise<void> {
  const storage = storageOf(sim.kept, stepOf(sim, { faults: 0 }))
  try {
    const { standing, hash } = await planRollback(undefined, { dnet: name }, storage, place)
    if (await rollBack(standing, hash, { by: 'bob', comment: '' }, storage)) sim.counts.rollbacks++
  } catch {
    // Nothing else was ever in force, or it was cut short.
  }
}

/** New functions with another bundle; those that work go on to their end. */
export function deploy(sim: Sim, net: Net): void {
  sim.revision++
  net.deployed = readingOf(sim, net.name, sim.revision)
  net.memory = new Map()
  net.moments.push({ what: 'deploy', hash: net.deployed.loaded.hash, base: null })
}

/** Deletes or damages an object of the bundle that is in force; one bundle at a time. */
export function harm(sim: Sim, net: Net): void {
  const { harmed, kept, random, counts } = sim
  const hash = String(bodyOf(sim, net, 'DESIRED')?.hash ?? '')
  const text = kept.objects.get(`config/${net.name}/${hash}`)
  if (harmed.size > 0 || text === undefined || hash === net.deployed.loaded.hash) return
  const parts = [...text.matchAll(/[0-9a-f]{64}/g)].map(([part]) => part)
  // Parts may be shared; what is damaged with them is not known here: the root alone, or a part of this revision.
  const edges = /"edges\/[a-z]+":\{"sha256":"([0-9a-f]{64})"/.exec(text)?.[1]
  const key = `config/${net.name}/${random.chance(0.5) || edges === undefined || !parts.includes(edges) ? hash : edges}`
  const whole = kept.objects.get(key)
  if (whole === undefined) return
  harmed.set(key, whole)
  sim.damaged.add(hash)
  sim.everDamaged.push(hash)
  counts.damaged++
  if (random.chance(0.5)) kept.objects.delete(key)
  else kept.objects.set(key, random.pick([whole.slice(0, 20), '', '{"version":99}']))
  for (const one of sim.nets) one.memory = new Map()
}

export function repair({ harmed, damaged, kept }: Sim): void {
  for (const [key, text] of harmed) kept.objects.set(key, text)
  harmed.clear()
  damaged.clear()
}

/** Somebody wrote nonsense into the item of the pointer, or into what cycles noted. */
export function harmItem(sim: Sim, net: Net): void {
  const { kept, random } = sim
  const { name } = net
  const key = random.pick(['DESIRED', 'DESIRED#TAKEN'])
  // Whoever looks at a pointer that is lost has rejected what it named.
  const lost = key === 'DESIRED' ? bodyOf(sim, net, key) : null
  if (lost !== null) sim.everDamaged.push(String(lost.hash))
  const item = kept.items.get(name)?.get(key)
  if (item !== undefined) kept.items.get(name)?.set(key, { ...item, body: { S: 'nonsense' } })
}
