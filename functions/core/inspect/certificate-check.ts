import { byName } from '../domain/model.ts'
import { counted, firstOf } from '../domain/printable.ts'
import { type Checked, statusOf, unknown } from './check.ts'
import type { CheckInput } from './check-input.ts'

const dayMs = 86_400_000
/** This many edges are named. */
const maxNames = 20

/** How many days are left until the first certificate ends that probes saw (behaviour §14.3). */
export function certificateCheck({ network, stored, now, thresholds }: CheckInput): Checked {
  if (network.settings.testobject.proto === 'http') {
    return { status: 'OK', text: `${network.name} is probed without TLS: there are no certificates`, figures: [] }
  }
  const days = network.edges
    .flatMap(({ name }) => {
      const end = stored.seen?.certificates?.get(name)
      return end === undefined ? [] : [{ edge: name, days: Math.floor((end - now) / dayMs) }]
    })
    .sort((a, b) => a.days - b.days || byName(a.edge, b.edge))
  const [first] = days
  if (first === undefined) return unknown(`no certificate of an edge of ${network.name} was seen yet`)
  const ending = days
    .filter(one => statusOf(one.days, thresholds) !== 'OK')
    .map(one => `${one.edge} ${words(one.days)}`)
  const named = firstOf(ending, maxNames, rest => `and ${counted(rest, 'more edge')}`).join(', ')
  return {
    status: statusOf(first.days, thresholds),
    text:
      ending.length === 0
        ? `${network.name}: the first certificate to end is that of ${first.edge}, ${words(first.days)}`
        : `${network.name}: ${named}`,
    figures: [{ name: 'days', value: first.days, unit: '', thresholds }],
  }
}

function words(days: number): string {
  if (days < 0) return 'has expired'
  return `expires in ${counted(days, 'day')}`
}
