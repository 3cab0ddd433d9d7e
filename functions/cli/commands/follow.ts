import { monotonic, sleep } from '../../adapters/time/clock.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { chooseFollowed, type FollowedFlags } from '../../app/following/choose-followed.ts'
import { type DoPass, type FollowerFlags, openFollower } from '../../app/following/open-follower.ts'
import type { PassOptions } from '../../app/following/pass.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { checkCatalogName } from '../../core/following/catalog.ts'
import { normaliseName } from '../../core/zone/zone-name.ts'
import { stopOnSignals } from '../input/stop.ts'
import { showPass } from '../output/show-pass.ts'
import { tellError } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { atIntervals } from './schedule.ts'

export interface FollowFlags extends FollowerFlags, FollowedFlags {
  readonly every?: number
  readonly catalog?: string
  /** Seconds. */
  readonly grace: number
  readonly yes?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

/** `edgemanage follow`: keeps the zones beside a name server as the bucket has them; one pass, or one every so often. */
export async function follow(flags: FollowFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const fault = flags.catalog === undefined ? null : checkCatalogName(flags.catalog)
  if (fault !== null) throw new UsageError(`--catalog: ${fault}`)
  const pass = openFollower(flags, (step, done, total) => terminal.progress(progressLine(step, done, total)), env)
  if (flags.every === undefined) {
    const report = await pass(optionsOf(flags, env))
    showPass(report, flags, terminal)
    return report.status === 'ok' ? exitStatus.success : exitStatus.failed
  }
  chooseFollowed(flags, env)
  return everySoOften(flags.every, pass, flags, terminal, env)
}

function progressLine(step: string, done: number, total: number): string {
  return done === total ? '' : `${step} ${done}/${total}`
}

function optionsOf(flags: FollowFlags, env: NodeJS.ProcessEnv): PassOptions {
  return {
    followed: chooseFollowed(flags, env),
    catalog: flags.catalog === undefined ? null : normaliseName(flags.catalog),
    graceMs: flags.grace * 1000,
    yes: flags.yes === true,
    everySeconds: flags.every ?? null,
  }
}

async function everySoOften(
  every: number,
  pass: DoPass,
  flags: FollowFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const stop = stopOnSignals(terminal, 'stopping after the pass under way; once more stops at once')
  const told = { words: '' }
  const work = async () => {
    try {
      showPass(await pass(optionsOf(flags, env)), flags, terminal, told)
    } catch (error) {
      tellError(error, terminal, flags.verbose === true)
    }
    return true
  }
  await atIntervals(every * 1000, work, stop, { monotonic, sleep })
  return exitStatus.success
}
