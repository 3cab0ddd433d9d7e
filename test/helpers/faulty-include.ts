import { expect } from 'vitest'
import { runInside } from './in-process.ts'
import type { Workplace } from './workplace.ts'

/** Runs a cycle over an include with this many faults (10,000 and more): what is told of them is little. */
export async function saysLittleOf(place: Workplace, faults: number): Promise<void> {
  place.write('config/zones/net/example.org.zone', 'www A 192.0.2.300\n'.repeat(faults))
  const args = ['manage', '--force', '--json', '-c', place.config, '--local', place.storage]
  const { status, stdout, stderr } = await runInside(args)
  expect(status).toBe(0)
  expect(stdout.length + stderr.length).toBeLessThan(60_000)
  const { zones, warnings } = JSON.parse(stdout)
  expect(zones).toContainEqual(expect.objectContaining({ zone: 'example.org', action: 'invalid' }))
  expect(warnings.join('\n')).toMatch(/and \d+,\d{3} more errors: edgemanage validate lists them/)
}
