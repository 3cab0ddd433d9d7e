import type { AskVantage } from '../../cycle/ports/vantage.ts'
import { lazily } from './lazily.ts'

/**
 * Vantage points by region, each a function's ARN or name; undefined where there are none. The client is loaded when an
 * edge falls: a quiet cycle needs none.
 */
export function lazyVantagePoints(functions: ReadonlyMap<string, string>): AskVantage | undefined {
  if (functions.size === 0) return undefined
  const opened = lazily(async () => (await loadVantagePoints()).createVantagePoints(functions))
  return async (region, question, signal) => (await opened())(region, question, signal)
}

/** Loads the client's module, for those who cannot wait until it is needed. */
export const loadVantagePoints = () => import('./vantage-points.ts')

/** The functions by region that `VANTAGES` names: ARNs, with commas or spaces between them. What is not an ARN is left out. */
export function vantageFunctions(text: string | undefined): ReadonlyMap<string, string> {
  const arns = (text ?? '').split(/[\s,]+/).filter(arn => /^arn:[\w-]+:lambda:[\w-]+:\d*:function:\S+$/.test(arn))
  return new Map(arns.map(arn => [String(arn.split(':')[3]), arn]))
}
