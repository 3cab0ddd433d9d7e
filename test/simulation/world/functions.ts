import { readFileSync } from 'node:fs'
import { createRoute53Records } from '../../../functions/adapters/aws/route53-records.ts'
import { createS3Bucket } from '../../../functions/adapters/aws/s3-bucket.ts'
import { dynamoDBRows } from '../../../functions/adapters/table/dynamodb-rows.ts'
import { createTable } from '../../../functions/adapters/table/table.ts'
import type { Network } from '../../../functions/core/config/network.ts'
import { hashText } from '../../../functions/core/zone/hash.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { loadAll } from '../../../functions/cycle/load-all.ts'
import type { Ports, Table } from '../../../functions/cycle/ports/ports.ts'
import type { CycleOptions } from '../../../functions/cycle/probe-and-decide.ts'
import { restingLoop } from '../../helpers/world.ts'
import { type TableCaller, tableClient } from '../neighbours/dynamodb/client.ts'
import { embeddedRowsIn } from '../neighbours/embedded.ts'
import { recordsClient } from '../neighbours/route53.ts'
import { bucketClient } from '../neighbours/s3.ts'
import { ask, type Service } from '../neighbours/service.ts'
import { bump } from './counts.ts'
import { createProcess, type Fate } from './process.ts'
import { createRandom } from './random.ts'
import type { Run } from './run.ts'
import { failed } from './scene.ts'
import { vantagesOf } from './vantages.ts'
import type { World } from './world.ts'

const read = (name: string) => readFileSync(new URL(`../../../templates/${name}`, import.meta.url), 'utf8')
const templates = { zone: read('zone.hbs'), namedConf: read('named.conf.hbs') }

// A module that is loaded takes real time, of which a simulated world knows nothing.
await loadAll()

/** The platform ends a function that works longer (infra/network-function.ts). */
const platformMs = 60_000

/** A function that was started once and may be asked again while it is warm; it works on one event at a time. */
export interface Instance {
  readonly table: Table
  run: Run | null
}

/** How a run is to be made. */
export interface Start {
  readonly kind: Run['kind']
  readonly force: boolean
  readonly forceUpdate: boolean
  readonly fate: Fate
}

/** A function as it is after a cold start. */
export function coldInstance(world: World): Instance {
  const { store, services, watch } = world
  const working = () => {
    if (instance.run === null) throw new Error('the function works on nothing')
    return instance.run
  }
  const caller: TableCaller = {
    process: () => working().process,
    writing: write => watch.writingRow(working(), write),
    written: write => watch.wroteRow(working(), write),
  }
  const rows =
    'connection' in store
      ? embeddedRowsIn(store, services.table, caller)
      : dynamoDBRows(tableClient(store, services.table, caller), 'edgemanage')
  const instance: Instance = { table: createTable(rows, world.wall.now, world.time.now), run: null }
  return instance
}

/** Starts a run on an idle instance. What comes of it the watch sees; a killed one leaves its instance for ever busy. */
export function startRun(world: World, instance: Instance, id: number, start: Start): Run {
  const { time, counts, watch, network } = world
  const process = createProcess(id, start.fate, time, what => counts[what]++)
  const now = world.wall.now()
  const run: Run = {
    ...{ process, kind: start.kind, forceUpdate: start.forceUpdate, network, startedAt: now, ordersAt: world.orders },
    ...{ lease: null, probes: new Map(), report: null },
    sight: { changesAt: world.regions.changes(), asked: new Set(), votes: new Map() },
  }
  instance.run = run
  const done = runCycle(network, optionsOf(start, network), portsOf(world, instance, run))
  done.then(
    report => {
      run.report = report
      counts.requests += process.points()
      if (start.kind === 'dry-run') counts.dryRuns++
      else bump(counts.statuses, report.status)
      watch.ended(run)
      instance.run = null
    },
    error => watch.fail('a cycle never rejects', String(error)),
  )
  time.at(time.now() + platformMs + start.fate.pauseMs, () => {
    if (run.report === null) process.kill()
  })
  return run
}

function optionsOf({ kind, force, forceUpdate }: Start, network: Network): CycleOptions {
  const dryRun = kind === 'dry-run'
  const configuration = hashText(JSON.stringify(network))
  return { configuration, dryRun, force, forceUpdate, verbose: false, maxSeconds: 55, templates, problems: [] }
}

/** The real adapters over neighbours in memory; edges, references, clock and sleep of the simulated world. */
function portsOf(world: World, instance: Instance, run: Run): Ports {
  const { time, wall, scene, services, objects, hostedZones, watch } = world
  const { process } = run
  const random = createRandom(world.seed, 'probes', process.id)
  const { table } = instance
  const client = bucketClient(objects, services.bucket, {
    process,
    writing: (key, text) => watch.writingObject(run, key, text),
  })
  return {
    table: {
      ...table,
      begin: async request => {
        const begun = await table.begin(request)
        if (begun.status === 'begun') run.lease = begun.lease
        return begun
      },
    },
    bucket: createS3Bucket(client, 'edgemanage'),
    probe: async (target, request, signal) => {
      await process.leave()
      const { probe, afterMs } = reached(scene.probe(target, request.timeoutSeconds, random), world.regions)
      await time.sleep(afterMs, signal)
      await process.arrive()
      const told = signal.aborted ? failed('skipped', probe.address) : probe
      // Whoever is fetched once more is as it was then only if it answers (behaviour §10.1).
      if (told.outcome === 'ok' || !run.probes.has(target.name)) run.probes.set(target.name, told)
      return told
    },
    reference: async (_url, _timeoutSeconds, signal) => {
      await process.leave()
      await time.sleep(40, signal)
      await process.arrive()
      return scene.referencesAnswer() && !signal.aborted
    },
    clock: wall.now,
    monotonic: time.now,
    sleep: async (ms, signal) => {
      await time.sleep(ms, signal)
      await process.arrive()
    },
    watchLoop: () => restingLoop(),
    askVantage: run.network.settings.vantages.length > 0 ? vantagesOf(world, run) : undefined,
    records: createRoute53Records(
      recordsClient(hostedZones, services.records, {
        process,
        changing: (hostedZone, changes) => watch.pushing(run, hostedZone, changes),
      }),
    ),
    announce: run.network.settings.route53.enabled ? announceTo(services.bus, run, world) : undefined,
    progress: () => {},
  }
}

/** The same probe, unless the prober is cut off from where it goes. */
function reached(told: ReturnType<World['scene']['probe']>, regions: World['regions']): typeof told {
  const { address, outcome } = told.probe
  const isLost = outcome === 'ok' && address !== null && regions.isCutOff(address)
  return isLost ? { ...told, probe: failed('connection_error', address) } : told
}

/** A bus that takes events, well or badly. */
function announceTo(bus: Service, run: Run, { watch }: World): NonNullable<Ports['announce']> {
  return async (events, signal) => {
    const leaving = async () => watch.announcing(run, events.length)
    await ask(bus, { process: run.process, leaving, apply: () => true, signal })
  }
}
