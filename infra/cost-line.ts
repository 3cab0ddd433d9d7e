import type { Network } from '../functions/core/config/network.ts'
import { alarmRules } from '../functions/core/operation/alarm-rules.ts'
import { projectCost } from '../functions/core/operation/cost.ts'
import { probingMemory } from '../functions/core/operation/memory.ts'
import { prices } from '../functions/core/operation/prices.ts'
import { workloadOf } from '../functions/core/operation/workload.ts'

/** What a network will cost in a month, for the person who deploys it: one line. `memoryFloor`: no function has less, in MB. */
export function costLine(network: Network, memoryFloor = 0): string {
  const platform = {
    memoryMegabytes: Math.max(probingMemory(network), memoryFloor),
    alarms: alarmRules(network).length,
  }
  const { total, hangingEdge, healthChecks, question, disputedMonth } = projectCost(workloadOf(network, platform))
  const words = `projected cost US$ ${total.toFixed(2)} a month while all is healthy`
  const asking = `vantage points cost nothing while no live edge falls, ${question.toFixed(4)} when one does, and ${disputedMonth.toFixed(2)} for a dispute that lasts a month; `
  const vantages = network.settings.vantages.length > 0 ? asking : ''
  const besides = `an edge that hangs adds ${hangingEdge.toFixed(2)}; Route 53 health checks would be ${healthChecks.toFixed(2)}`
  return `${network.name}: ${words} (${vantages}${besides}; list prices of ${prices.asOf}, ${prices.region})`
}
