import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cdk, run } from '../helpers/cdk.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { readAssembly } from '../helpers/template.ts'

const work = mkdtempSync(join(tmpdir(), 'edgemanage-cdk-'))
const folder = configurationFolder(Array.from({ length: 10 }, (_, n) => `network-${n}`))

afterAll(() => {
  rmSync(work, { recursive: true, force: true })
  folder.remove()
})

/** What the shell's `times` prints last, user and system time of the children, in seconds. */
function processorSeconds(out: string): number {
  const times = [...out.matchAll(/(\d+)m([\d.]+)s/g)].slice(-2)
  return times.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0)
}

test('cdk synth gives ten networks in less than 12 s, without an account or a way out', async () => {
  const line = [cdk, 'synth', '--quiet', '--output', work, '-c', `configDir=${folder.path}`]
  const ended = await run('bash', '-c', '"$@" && times', 'bash', ...line)
  expect(ended).toMatchObject({ code: 0 })
  expect(readAssembly(work, 'edgemanage').ofType('AWS::Scheduler::Schedule')).toHaveLength(10)
  // Processor time of all its processes: other tests run beside this one, and the wall clock counts them in.
  expect(processorSeconds(ended.out)).toBeLessThan(12)
}, 60_000)
