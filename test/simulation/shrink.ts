import { type Outcome, type Simulation, simulate } from './simulate.ts'

/** The fewest cycles of a seed that still break a promise, and what they break; null where none do up to `cycles`. */
export async function shortest(simulation: Simulation): Promise<{ cycles: number; outcome: Outcome } | null> {
  for (let cycles = 1; cycles <= simulation.cycles; cycles++) {
    const outcome = await simulate({ ...simulation, cycles })
    if (outcome.brokenAt !== null) return { cycles, outcome }
  }
  return null
}

/** A broken seed for a person: the command that shows it again, from its beginning and no longer than it takes. */
export async function tellBroken(simulation: Simulation): Promise<string> {
  const found = await shortest(simulation)
  if (found === null) return `seed ${simulation.seed} broke once and not again: the simulation is not deterministic`
  const promises = found.outcome.violations.slice(0, 5).map(({ promise, how }) => `  ${promise}: ${how}`)
  const where = simulation.store === 'embedded' ? ' --embedded' : ''
  const command = `npm run simulate -- --seed ${simulation.seed} --cycles ${found.cycles}${where} --trace`
  return [
    `seed ${simulation.seed} breaks a promise after ${found.cycles} cycles; to see it again:`,
    `  ${command}`,
    ...promises,
  ].join('\n')
}
