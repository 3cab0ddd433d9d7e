import { serialOf } from '../../../functions/core/zone/published.ts'
import { isGreaterSerial } from '../../../functions/core/zone/serial.ts'
import { zonesIn } from '../../../functions/cycle/publishing/read-back.ts'

/** A promise that was broken, in words. */
export type Broken = string

/** Looks at a bucket after every write: who names which zone, and with which serial it is served. */
export function createHandoverWatch(objects: ReadonlyMap<string, string>, networks: readonly string[]) {
  const broken: Broken[] = []
  const served = new Map<string, number>()
  const namedBy = (zone: string) =>
    networks.filter(network => zonesIn(objects.get(`zones/${network}/named.conf`) ?? '').includes(zone))
  const look = (zones: readonly string[]) => {
    for (const zone of zones) {
      const names = namedBy(zone)
      if (names.length > 1) broken.push(`${zone} is named by ${names.join(' and ')}`)
      const [name] = names
      const serial = name === undefined ? null : serialOf(objects.get(`zones/${name}/${zone}.zone`) ?? '')
      if (serial === null) continue
      const last = served.get(zone) ?? serial
      if (isGreaterSerial(last, serial)) broken.push(`${zone} went back from serial ${last} to ${serial}`)
      served.set(zone, serial)
    }
  }
  return { broken, namedBy, look }
}
