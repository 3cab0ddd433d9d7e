import { expect } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { runCommand } from './command.ts'

/**
 * Starts a cycle of `net` and one of `other` on one folder together, this many times; every one is ok. `manage`: the words of a
 * cycle with a report in JSON.
 */
export async function startedTogether(rounds: number, manage: (network: string) => readonly string[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const ended = await Promise.all(['net', 'other'].map(network => runCommand(manage(network))))
    expect(ended.map(({ stdout, stderr }) => [(JSON.parse(stdout) as Report).status, stderr])).toEqual([
      ['ok', ''],
      ['ok', ''],
    ])
  }
}
