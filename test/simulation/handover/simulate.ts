import { readTemplates } from '../../../functions/app/templates.ts'
import type { Network } from '../../../functions/core/config/network.ts'
import { parseManifest } from '../../../functions/core/publication/manifest.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import type { Bucket } from '../../../functions/cycle/ports/ports.ts'
import { networkOf, World, zoneOf } from '../../helpers/world.ts'
import { createRandom, type Random } from '../world/random.ts'
import { simulatedFollower } from './follower.ts'
import { createTurns, type Turns } from './turns.ts'
import { createHandoverWatch } from './watch.ts'

const templates = readTemplates()
const names = ['alpha', 'beta', 'gamma'] as const
const zones = ['one.example', 'two.example'] as const
/** Shorter than a lease, so that runs reach over one change of the configuration, or over several. */
const roundMs = [4_000, 25_000] as const

/** Where each zone is configured; null: nowhere. */
type Places = Record<(typeof zones)[number], string | null>

/** What came of one history. */
export interface Outcome {
  readonly broken: readonly string[]
  /** How often a zone came to be named by another network than before. */
  readonly moves: number
}

/**
 * Networks whose cycles run side by side on one bucket, while an operator moves zones and chance kills runs; and a follower
 * beside a name server, whose passes are killed, too.
 */
export async function simulateHandovers(seed: number, rounds: number): Promise<Outcome> {
  const random = createRandom(seed, 'handover')
  const turns = createTurns()
  const pace = random.pick(roundMs)
  const objects = new Map<string, string>()
  const worlds = names.map(name => ({ name, world: Object.assign(new World(), { objects }) }))
  const watch = createHandoverWatch(objects, names)
  const places: Places = { 'one.example': 'alpha', 'two.example': 'beta' }
  let faults = 0.05
  const bucketOf = (world: World) =>
    stepwise(
      world.bucket,
      turns,
      random,
      () => faults,
      () => watch.look(zones),
    )
  const follower = simulatedFollower(objects, names, { turns, random, faults: () => faults, broken: watch.broken })
  let moves = 0
  const last = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    if (random.chance(0.3)) places[random.pick(zones)] = random.chance(0.1) ? null : random.pick(names)
    for (const { name, world } of worlds)
      if (random.chance(0.7)) void start(networkAt(name, places), world, bucketOf(world))
    if (random.chance(0.7)) follower.start(worlds[0]?.world.now ?? 0)
    await turns.give(random.between(10, 80), random)
    if (random.chance(0.15)) turns.killOne(random)
    for (const { world } of worlds) world.now += pace
    for (const zone of zones) {
      const [by] = watch.namedBy(zone)
      if (by !== undefined && last.get(zone) !== by) moves++
      if (by !== undefined) last.set(zone, by)
    }
    if (watch.broken.length > 0) return { broken: watch.broken, moves }
  }
  faults = 0
  await turns.give(10_000, random)
  await settle(worlds, places, turns, random, watch.broken, bucketOf)
  const passed = await follower.passNow(worlds[0]?.world.now ?? 0)
  if (passed !== 'ok') watch.broken.push(`a pass without faults failed: ${passed}`)
  follower.look()
  for (const zone of zones) {
    const expected = places[zone]
    const named = watch.namedBy(zone)
    const text = objects.get(`zones/${expected}/${zone}.zone`)
    if (expected !== null && follower.loaded.get(zone) !== text) watch.broken.push(`the follower has an old ${zone}`)
    if (expected !== null && String(named) !== expected)
      watch.broken.push(`${zone} is named by ${named}, not ${expected}`)
  }
  for (const { name } of worlds) {
    const manifest = parseManifest(objects.get(`zones/${name}/manifest.json`) ?? '')
    if (typeof manifest === 'string') watch.broken.push(`the manifest of ${name}: ${manifest}`)
    else if (manifest.claims.length > 0) watch.broken.push(`${name} still claims ${manifest.claims}`)
    else if (JSON.stringify(own(manifest)) !== JSON.stringify(zones.filter(zone => watch.namedBy(zone).includes(name))))
      watch.broken.push(`the manifest of ${name} has ${own(manifest)}, its named.conf not`)
  }
  return { broken: watch.broken, moves }
}

function own(manifest: { readonly zones: readonly { readonly zone: string; readonly handedOver: boolean }[] }) {
  return manifest.zones.filter(({ handedOver }) => !handedOver).map(({ zone }) => zone)
}

/** Cycles without faults. Dead runs' leases end first; then two cycles of each network are to bring everything right. */
async function settle(
  worlds: readonly { readonly name: string; readonly world: World }[],
  places: Places,
  turns: Turns,
  random: Random,
  broken: string[],
  bucketOf: (world: World) => Bucket,
): Promise<void> {
  for (const { world } of worlds) world.now += 120_000
  for (let cycle = 0; cycle < 2; cycle++) {
    const order = random.chance(0.5) ? worlds : [...worlds].reverse()
    for (const { name, world } of order) {
      const run = start(networkAt(name, places), world, bucketOf(world))
      await turns.give(10_000, random)
      const { status } = await run
      if (status !== 'ok') broken.push(`a cycle of ${name} without faults is ${status}`)
      world.now += 60_000
    }
  }
}

function networkAt(name: string, places: Places): Network {
  const here = zones.filter(zone => places[zone] === name)
  const owners = new Map(zones.flatMap(zone => (places[zone] === null ? [] : [[zone, String(places[zone])] as const])))
  return { ...networkOf(['192.0.2.1'], { zones: here.map(zone => zoneOf(zone)), owners }), name }
}

function start(network: Network, world: World, bucket: Bucket) {
  const how = {
    dryRun: false,
    force: true,
    forceUpdate: false,
    verbose: false,
    maxSeconds: 55,
    problems: [],
    templates,
  }
  return runCycle(network, how, { ...world.ports, bucket })
}

/** A bucket whose answers take turns, and fail now and then: before it was done, or after. */
function stepwise(bucket: Bucket, turns: Turns, random: Random, share: () => number, look: () => void): Bucket {
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    await turns.wait()
    if (random.chance(share())) throw new Error('not done')
    const answer = await work()
    look()
    const isLost = random.chance(share())
    await turns.wait()
    if (isLost) throw new Error('answer lost')
    return answer
  }
  return {
    get: key => step(() => bucket.get(key)),
    put: (key, text) => step(() => bucket.put(key, text)),
    delete: key => step(() => bucket.delete(key)),
    list: prefix => step(() => bucket.list(prefix)),
    folders: prefix => step(() => bucket.folders(prefix)),
  }
}
