import { asksServers } from '../config/asked-servers.ts'
import { takenIn } from '../config/taking.ts'
import { type Checked, worstOf } from './check.ts'
import type { CheckInput } from './check-input.ts'
import { checks, thresholdsOf } from './checks.ts'

/**
 * Every check with its own thresholds, as one: the worst of them, with the words of those that are not OK. Name servers are
 * checked only where some are asked, the configuration once a cycle has taken one up.
 */
export function allChecks(input: Omit<CheckInput, 'thresholds'>): Checked {
  const isIdle: Readonly<Record<string, boolean>> = {
    served: !asksServers(input.network.settings),
    config: takenIn(input.stored.desired) === null,
  }
  const asked = Object.entries(checks).filter(([name]) => isIdle[name] !== true)
  const done = asked.map(([name, spec]) => {
    // Defaults are ranges always.
    const thresholds = thresholdsOf(spec, input.network, {}) as CheckInput['thresholds']
    return { name, checked: spec.work({ ...input, thresholds }) }
  })
  const trouble = done.filter(({ checked }) => checked.status !== 'OK')
  return {
    status: worstOf(done.map(({ checked }) => checked.status)),
    text:
      trouble.length === 0
        ? `${input.network.name}: all ${done.length} checks are OK`
        : trouble.map(({ name, checked }) => `${name} ${checked.status}: ${checked.text}`).join('; '),
    figures: done
      .filter(({ name }) => name !== 'latency')
      .flatMap(({ name, checked }) => checked.figures.map(figure => ({ ...figure, name: `${name}_${figure.name}` }))),
  }
}
