import type { Counts } from './world/counts.ts'

/** What happened in all the simulated worlds, for a person. */
export function summaryOf(counts: Counts, seeds: number, seconds: number): string {
  const list = (named: Readonly<Record<string, number>>) =>
    Object.entries(named)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
      .join(', ')
  const sum = (named: Readonly<Record<string, number>>) => Object.values(named).reduce((a, b) => a + b, 0)
  const number = (value: number) => value.toLocaleString('en')
  return [
    `${number(counts.cycles)} cycles over ${number(seeds)} seeds, ${number(Math.round(counts.days))} days, in ${seconds.toFixed(1)} s`,
    `runs: ${list(counts.statuses)}, dry ${number(counts.dryRuns)}; rotations ${number(counts.rotations)}, cycles replayed ${number(counts.replayed)}`,
    `survived: ${number(counts.killed)} killed, ${number(counts.paused)} suspended, ${number(counts.overlaps)} overlapping, ${number(counts.coldStarts)} cold starts, ${number(counts.clocksSet)} clocks set`,
    `second sight: ${number(counts.asked)} questions to vantage points, ${number(counts.disputes)} disputes, ${number(counts.braked)} cycles with the brake on`,
    `points passed ${number(counts.requests)}; faults injected ${number(sum(counts.faults))}:`,
    `  ${list(counts.faults)}`,
  ].join('\n')
}
