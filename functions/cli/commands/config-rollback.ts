import { signerOf } from '../../app/caller-identity.ts'
import { carryOutRollback, planRollback } from '../../app/configuration/rollback.ts'
import { signature } from '../../app/configuration/signature.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import { shortHash } from '../../core/config/taking.ts'
import { UsageError } from '../../core/domain/errors.ts'
import type { Terminal } from '../output/terminal.ts'

import { insistOnYes, type PushFlags } from './config-push.ts'

/** `edgemanage config rollback [HASH]`: puts an earlier configuration in force again (behaviour §11.6). */
export async function rollbackConfig(
  asked: string | undefined,
  flags: PushFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const who = signature(signerOf(env, place.kind !== 'local'), flags.comment)
  const open = storageAt(place, env)
  const plan = await withStorage(open, true, storage => planRollback(asked, flags, storage, place))
  const { standing, hash, obstacles, isInForce } = plan
  const { network } = standing
  if (isInForce) {
    terminal.out(`${network}: ${shortHash(hash)} is in force already\n`)
    return exitStatus.success
  }
  if (obstacles.deploy.length > 0) {
    throw new UsageError(`this needs a deploy; nothing was changed: ${obstacles.deploy.join('; ')}`)
  }
  for (const sentence of obstacles.stays) terminal.err(`edgemanage: warning: ${sentence}\n`)
  if (flags.dryRun === true) {
    terminal.out(`${network}: ${shortHash(hash)} would be put in force\n`)
    return exitStatus.success
  }
  await insistOnYes(obstacles.yes, flags.yes === true, terminal)
  await withStorage(open, false, storage => carryOutRollback(plan, who, storage, { flags, env, place }))
  const outcome = { network, action: 'rolled back', hash, previous: standing.inUse?.loaded.hash ?? null }
  terminal.out(
    flags.json === true ? `${JSON.stringify(outcome)}\n` : `${network}: ${shortHash(hash)} is in force again\n`,
  )
  return exitStatus.success
}
