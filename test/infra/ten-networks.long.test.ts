import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cdk, run } from '../helpers/cdk.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { readAssembly } from '../helpers/template.ts'

const made: { readonly remove: () => void }[] = []

afterAll(() => {
  for (const one of made) one.remove()
})

/** What the shell's `times` prints last, user and system time of the children, in seconds. */
function processorSeconds(out: string): number {
  const times = [...out.matchAll(/(\d+)m([\d.]+)s/g)].slice(-2)
  return times.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0)
}

/** Synthesizes this many networks with the command that people use; seconds of processor time, and how many schedules. */
async function synthesized(networks: number) {
  const work = mkdtempSync(join(tmpdir(), 'edgemanage-cdk-'))
  const folder = configurationFolder(Array.from({ length: networks }, (_, n) => `network-${n}`))
  made.push(folder, { remove: () => rmSync(work, { recursive: true, force: true }) })
  const line = [cdk, 'synth', '--quiet', '--output', work, '-c', `configDir=${folder.path}`]
  const ended = await run('bash', '-c', '"$@" && times', 'bash', ...line)
  expect(ended).toMatchObject({ code: 0 })
  const schedules = readAssembly(work, 'edgemanage').ofType('AWS::Scheduler::Schedule')
  return { seconds: processorSeconds(ended.out), schedules: schedules.length }
}

test('cdk synth of ten networks takes less than two and a half times that of one, without an account or a way out', async () => {
  // Processor time of all processes: other tests run beside this one, and the wall clock counts them in.
  const [one, ten] = [await synthesized(1), await synthesized(10)]
  expect([one.schedules, ten.schedules]).toEqual([1, 10])
  expect(ten.seconds).toBeLessThan(2.5 * one.seconds)
}, 120_000)
