import { loadZoneMaker } from '../core/publication/making.ts'
import { loadBundles, loadChecker } from './configuration/take-up.ts'
import { loadServed, loadServedRecords } from './look-served.ts'
import { loadComparison, loadOtherNetworks, loadVantages } from './probe-and-decide.ts'
import { loadPush } from './route53/lazy-push.ts'

/**
 * Loads all that not every cycle needs. For processes that go on: a module that could not be loaded once, as there was no
 * file descriptor left, stays so until the process ends.
 */
export async function loadAll(): Promise<void> {
  const all = [
    loadZoneMaker,
    loadBundles,
    loadChecker,
    loadServed,
    loadServedRecords,
    loadComparison,
    loadOtherNetworks,
    loadVantages,
  ]
  await Promise.all([...all, loadPush].map(load => load()))
}
