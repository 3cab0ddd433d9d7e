import type { Network } from '../functions/core/config/network.ts'
import { projectCost } from '../functions/core/cost.ts'
import { workloadOf } from '../functions/core/paid-units.ts'
import { prices } from '../functions/core/prices.ts'
import { alarmRules } from './alarm-rules.ts'
import { probingMemory } from './memory.ts'

/** What a network will cost in a month, for the person who deploys it: one line. */
export function costLine(network: Network): string {
  const platform = { memoryMegabytes: probingMemory(network), alarms: alarmRules(network).length }
  const { total, hangingEdge, healthChecks } = projectCost(workloadOf(network, platform))
  const words = `projected cost US$ ${total.toFixed(2)} a month while all is healthy`
  const besides = `an edge that hangs adds ${hangingEdge.toFixed(2)}; Route 53 health checks would be ${healthChecks.toFixed(2)}`
  return `${network.name}: ${words} (${besides}; list prices of ${prices.asOf}, ${prices.region})`
}
