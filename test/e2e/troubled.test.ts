import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { startTroubledSite, type TroubledSite } from '../helpers/troubled-site.ts'
import { troubledStates } from '../helpers/troubled-states.ts'

let site: TroubledSite
beforeAll(async () => {
  const t = Date.now()
  site = await startTroubledSite(troubledStates)
  console.log('made', Date.now() - t)
})
afterAll(() => site.close())
test('x', async () => {
  for (const [n, r] of site.reports) console.log(n, r.status, r.live.join(), `${r.passing}/${r.wanted}`, troubledStates[n]?.passing, r.warnings.join(' | '))
  console.log(site.quiet)
  const at = ['-c', site.config, '--local', site.storage]
  let t = Date.now()
  console.log((await runCommand(['query', ...at])).stdout)
  console.log('query', Date.now() - t)
  t = Date.now()
  console.log((await runInside(['check', 'all', '-A', 'braked', '--config', site.config, '--local', site.storage])).stdout)
  console.log('check', Date.now() - t)
  t = Date.now()
  console.log((await runInside(['check', 'live', '-A', 'braked', '--config', site.config, '--local', site.storage])).stdout)
  console.log('check', Date.now() - t)
  t = Date.now()
  console.log((await runInside(['why', '-A', 'braked', site.addressesOf('braked')[0]!, ...at])).stdout)
  console.log('why', Date.now() - t)
  console.log((await runCommand(['status', ...at])).stdout)
  console.log((await runCommand(['log', '-A', 'braked', ...at])).stdout)
})
