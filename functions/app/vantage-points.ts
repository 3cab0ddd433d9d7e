import { lazyVantagePoints, vantageFunctions } from '../adapters/aws/lazy-vantage-points.ts'
import type { Network } from '../core/config/network.ts'
import { defaultStackName, vantageFunctionName } from '../core/operation/vantage-name.ts'
import type { AskVantage } from '../cycle/ports/vantage.ts'

/**
 * Whom cycles of this machine ask (behaviour §10.2): the functions that `VANTAGES` names, else those of the stack in the
 * regions that the configuration names; undefined where it names none. `stack`: its name, where it is known.
 */
export function vantagePointsFor(
  { settings }: Network,
  env: NodeJS.ProcessEnv,
  stack: string | undefined = env.EDGEMANAGE_STACK,
): AskVantage | undefined {
  const named = vantageFunctions(env.VANTAGES)
  const name = vantageFunctionName(stack || defaultStackName)
  const functions = settings.vantages.flatMap(region => {
    const known = named.size > 0 ? named.get(region) : name
    return known === undefined ? [] : [[region, known] as const]
  })
  return lazyVantagePoints(new Map(functions))
}
