import { createConfigurations } from '../../../functions/adapters/table/configurations.ts'
import { storeBundle } from '../../../functions/cycle/configuration/bundles.ts'
import { configurationInForce, type TakeUp } from '../../../functions/cycle/configuration/take-up.ts'
import { runConfiguredCycle } from '../../../functions/cycle/cycle.ts'
import { loadAll } from '../../../functions/cycle/load-all.ts'
import { memoryRows, revisionsIn, type Step, storageOf } from '../../helpers/push-place.ts'
import type { World } from '../../helpers/world.ts'
import { brokenBy, type Moment } from './history.ts'
import { bodyOf, type Net, type Sim, stepOf } from './sim.ts'

// A module that is loaded takes real time, of which a simulated world knows nothing.
await loadAll()

/** What a function's cycle knows of its surroundings, for the look at what it used. */
export async function cycle(sim: Sim, net: Net): Promise<void> {
  const { random, counts, broken } = sim
  if (random.chance(0.2)) net.memory = new Map()
  const deployed = net.deployed.loaded.hash
  const damaged = new Set(sim.damaged)
  const since = sim.everDamaged.length
  const facts = { before: [] as readonly Moment[], noted: null as string | null, isPointerLost: false }
  const told: { faults: number; read?: (() => void) | undefined } = {
    faults: 0,
    // What it reads later on is no longer what it uses.
    read: () => {
      facts.before = [...net.moments]
      facts.noted = (bodyOf(sim, net, 'DESIRED#TAKEN')?.hash as string | undefined) ?? null
      const item = sim.kept.items.get(net.name)?.get('DESIRED')
      facts.isPointerLost = item !== undefined && bodyOf(sim, net, 'DESIRED') === null
    },
  }
  const step = stepOf(sim, told)
  let used: { hash: string; revisions: number[] } | null = null
  const takeUp = takeUpOf(sim, net, step, found => {
    used = found
  })
  const report = await runConfiguredCycle({ name: net.name, takeUp }, options, portsOf(sim, net, step))
  for (const hash of sim.everDamaged.slice(since)) damaged.add(hash)
  if (report.status === 'locked' || report.status === 'too_soon') return
  counts.cycles++
  if (report.status === 'failed') {
    counts.failed++
    if (told.faults === 0 && !report.warnings.some(warning => warning.includes('has the lease')))
      broken.push(`${net.name} failed without a fault: ${report.warnings}`)
  }
  const { configuration } = report
  if (configuration === undefined || configuration === null || used === null) return
  const { hash, revisions } = used as { hash: string; revisions: number[] }
  const { rejected } = configuration
  if (rejected.length > 0) counts.rejected++
  if (report.warnings.some(warning => warning.includes('is set aside'))) counts.aside++
  if (hash !== configuration.hash) broken.push('the report names another one than was used')
  if (revisions.length !== 1 || revisions[0] !== sim.known.get(hash))
    broken.push(`${net.name} used a mixture: ${revisions}`)
  if (rejected.length > 0 && report.warnings.filter(warning => warning.includes('is not used')).length !== 1) {
    broken.push(`${net.name}: not one warning about what was rejected`)
  }
  const why = brokenBy({
    ...facts,
    hash,
    rejected,
    damaged,
    everDamaged: new Set(sim.everDamaged),
    deployed,
    faults: told.faults,
  })
  if (why !== null) broken.push(`${net.name}: ${why}`)
}

export const options = { dryRun: false, force: true, forceUpdate: false, verbose: false, maxSeconds: 55 }

/** As a function of the stack takes up what is in force (functions/lambda/in-force.ts). */
export function takeUpOf(
  sim: Sim,
  net: Net,
  step: Step,
  told: (used: { hash: string; revisions: number[] }) => void,
): TakeUp {
  const { name, deployed, memory } = net
  const { bucket } = storageOf(sim.kept, step)
  const { loaded, bundle } = deployed
  const atHand = async (hash: string) => (hash === loaded.hash ? loaded : null)
  return async (desired, { now }) => {
    const inUse = await configurationInForce(
      desired,
      { network: name, bucket, deployed: loaded.hash, atHand, memory },
      now,
    )
    told({ hash: inUse.loaded.hash, revisions: revisionsIn(inUse.loaded) })
    return inUse.news.isNewDeploy
      ? { ...inUse, store: async () => void (await storeBundle(bucket, name, bundle)) }
      : inUse
  }
}

export function portsOf(sim: Sim, { name, world }: Net, step: Step): World['ports'] {
  const configurations = createConfigurations(memoryRows(sim.kept, step))
  const table = {
    ...world.table,
    begin: (request: Parameters<typeof world.table.begin>[0]) =>
      world.table.begin({
        ...request,
        samples: async () => {
          const { samples } = request
          return typeof samples === 'number' ? samples : samples(await configurations.read(name))
        },
      }),
  }
  return { ...world.ports, table, configurations }
}
