import type { Network } from '../../../functions/core/config/network.ts'
import { createWatch, type Watch } from '../invariants/watch.ts'
import { createStore, type Store } from '../neighbours/dynamodb/store.ts'
import { createEmbeddedStore, type EmbeddedStore } from '../neighbours/embedded.ts'
import { drawPlan, faultless } from '../neighbours/faults.ts'
import { createHostedZones, type HostedZones } from '../neighbours/route53.ts'
import type { Service } from '../neighbours/service.ts'
import { type Counts, countFault, noCounts } from './counts.ts'
import {
  canaryPool,
  changedFolder,
  drawFolder,
  edgePool,
  type Folder,
  hostedZoneIds,
  networkIn,
  pushingSettings,
  sightSettings,
} from './folder.ts'
import { giveOrder } from './operator.ts'
import { createRandom, type Random } from './random.ts'
import { createRegions, type Regions } from './regions.ts'
import { createScene, type Scene } from './scene.ts'
import { createTime, type Time } from './time.ts'
import { createWallClock, type WallClock } from './wall-clock.ts'

/** Half past midnight, 1 January 2026. */
const start = Date.UTC(2026, 0, 1, 0, 30)

/** What keeps the state: the table in the cloud, or the embedded store of one machine. */
export type StoreKind = 'DynamoDB' | 'embedded'

/** Everything that there is: a network, its edges, its neighbours, and who looks on. */
export interface World {
  readonly seed: number
  readonly time: Time
  /** What the functions, and whoever gives orders, take for the time. */
  readonly wall: WallClock
  readonly store: Store | EmbeddedStore
  readonly objects: Map<string, string>
  /** Every neighbour that a cycle asks, with its faults. */
  readonly services: Readonly<Record<'table' | 'bucket' | 'records' | 'bus', Service>>
  /** Route 53. */
  readonly hostedZones: HostedZones
  readonly scene: Scene
  readonly regions: Regions
  readonly watch: Watch
  readonly counts: Counts
  folder: Folder
  network: Network
  /** How often operators did something. */
  orders: number
  /** The same edges, configuration, orders and known addresses at the same time; table and bucket hold nothing else. */
  readonly withoutPast: () => World
}

/** A world as it is before its first cycle. The same seed makes the same world. */
export function createWorld(seed: number, kind: StoreKind = 'DynamoDB'): World {
  const drawn = drawFolder(createRandom(seed, 'folder'))
  // Every other world pushes to Route 53 and tells an event bus; every fifth has second sight.
  const pushing = isPushing(seed) ? pushingSettings(createRandom(seed, 'pushing')) : {}
  const sight = isSighted(seed) ? sightSettings(createRandom(seed, 'sight')) : {}
  const folder = { ...drawn, settings: { ...drawn.settings, ...pushing, ...sight } }
  const regions = createRegions([...edgePool, ...canaryPool])
  const time = createTime(start)
  const listeners: (() => void)[] = []
  const wall = createWallClock(time, () => {
    for (const listener of listeners) listener()
  })
  const world = assemble({ seed, time, wall, scene: sceneOf(seed), regions, folder, kind })
  listeners.push(world.watch.clockSet, () => world.counts.clocksSet++)
  return world
}

function sceneOf(seed: number): Scene {
  return createScene(createRandom(seed, 'scene'), createRandom(seed, 'prober'))
}

function isPushing(seed: number): boolean {
  return seed % 2 === 0
}

function isSighted(seed: number): boolean {
  return seed % 5 === 0
}

/** What a world is made of. */
interface Parts extends Pick<World, 'seed' | 'time' | 'wall' | 'scene' | 'regions' | 'folder'> {
  readonly kind: StoreKind
}

function assemble(parts: Parts): World {
  const { seed, time, wall, scene, regions, folder, kind } = parts
  const store = kind === 'DynamoDB' ? createStore() : createEmbeddedStore()
  const objects = new Map<string, string>()
  const hostedZones = createHostedZones(hostedZoneIds)
  const counts = noCounts()
  const service = (name: string): Service => ({
    name,
    plan: faultless,
    random: createRandom(seed, name),
    time,
    told: fault => countFault(counts, name, fault),
  })
  const world: World = {
    ...{ seed, time, wall, store, objects, hostedZones, counts, scene, regions, folder },
    ...{ network: networkIn(folder), orders: 0 },
    services: {
      table: service('DynamoDB'),
      bucket: service('S3'),
      records: service('Route 53'),
      bus: service('EventBridge'),
    },
    watch: createWatch({
      store,
      objects,
      now: wall.now,
      trueNow: time.now,
      ordersChanged: run => run.ordersAt !== world.orders,
      counts,
      scene,
      regions,
    }),
    withoutPast: () => {
      const ghost = assemble({ ...parts, folder: world.folder })
      for (const item of store.items()) if (/^(ORDER|ADDRESS)#/.test(item.sk?.S ?? '')) ghost.store.put(item)
      return ghost
    },
  }
  return world
}

/** What happens between two cycles: edges, operators, deploys, neighbours. */
export function changeWorld(world: World, random: Random): void {
  const { scene, store, services, time } = world
  if (random.chance(0.35)) scene.change(random)
  if (isSighted(world.seed)) {
    const random = createRandom(world.seed, 'regions', world.counts.cycles)
    if (random.chance(0.3)) world.regions.change(random)
  }
  if (random.chance(0.08)) {
    giveOrder(store, world.wall.now(), random)
    world.orders++
  }
  if (random.chance(0.04)) {
    world.folder = changedFolder(world.folder, random)
    world.network = networkIn(world.folder)
  }
  for (const service of [services.table, services.bucket]) service.plan = drawPlan(random)
  for (const service of [services.records, services.bus]) service.plan = drawPlan(service.random)
  if (isPushing(world.seed) && services.records.random.chance(0.05)) editByHand(world, services.records.random)
  store.expire(time.now(), () => random.chance(0.3))
}

/** Somebody changes or removes a record set that is not theirs. */
function editByHand({ hostedZones }: World, random: Random): void {
  const sets = random.pick([...hostedZones.values()])
  const own = [...sets].filter(([, { Type }]) => Type === 'A' || Type === 'AAAA')
  if (own.length === 0) return
  const [key, set] = random.pick(own)
  if (random.chance(0.5)) sets.delete(key)
  else sets.set(key, { ...set, TTL: 17 })
}
