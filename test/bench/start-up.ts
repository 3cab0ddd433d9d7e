/** Cold starts of the bundled functions on the Lambda runtime's Node, taken apart (issue: start-up). */
import { type Cloud, startCloud } from '../helpers/cloud.ts'
import { addressesOf, startFarm } from './farm.ts'
import { median } from './statistics.ts'
import type { Row } from './table.ts'
import { placeFor } from './whole-process.ts'

const part = 'start-up'
const rounds = 5

export async function startUp(): Promise<Row[]> {
  const rows: Row[] = []
  const farm = await startFarm(0)
  for (const zones of [10, 10_000]) {
    const place = placeFor(addressesOf(10), farm.http)
    for (let at = 0; at < zones; at++) place.write(`config/zones/net/zone${at}.example.zone`, 'mail IN A 192.0.2.25\n')
    const cloud = await startCloud(place.config)
    rows.push(...(await measure(cloud, `${zones} zones`)))
    await cloud.close()
    place.remove()
  }
  farm.close()
  return rows
}

async function measure(cloud: Cloud, name: string): Promise<Row[]> {
  const [load, prepare, cycle]: [number[], number[], number[]] = [[], [], []]
  // The first cycle publishes; the cold starts that count find nothing to do.
  const first = await cloud.start('edgemanage-net-manage')
  await first.invoke({ force: true })
  await first.stop()
  for (let round = 0; round < rounds; round++) {
    const cold = await cloud.start('edgemanage-net-manage')
    const started = performance.now()
    const { answer } = await cold.invoke({ force: true })
    const wall = performance.now() - started
    const { durationMs } = answer as { durationMs: number }
    load.push(cold.readyMs)
    cycle.push(durationMs)
    prepare.push(wall - durationMs)
    await cold.stop()
  }
  const row = (what: string, values: readonly number[]): Row => {
    return { part, what: `${name}: ${what}`, value: median(values), unit: 'ms', target: null }
  }
  return [
    row('process and modules', load),
    row('configuration and clients', prepare),
    row('first cycle, quiet, 10 edges', cycle),
  ]
}
