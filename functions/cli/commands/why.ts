import { clock } from '../../adapters/time/clock.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { canonicalEdge } from '../../core/config/edge-name.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { keptRotations } from '../../core/domain/limits.ts'
import { runsToRead } from '../../core/history/history.ts'
import { unknownName } from '../../core/inspect/near-names.ts'
import { whyOf } from '../../core/inspect/why.ts'
import { lines } from '../output/report.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

/** `edgemanage why EDGE`: the last decision about an edge in words, and what would change it. */
export async function why(
  word: string,
  flags: NetworkFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { network } = await networkInForce(flags, env)
  const known = network.edges.map(({ name }) => name)
  const edge = canonicalEdge(word)
  if (!known.includes(edge)) throw new UsageError(unknownName('edge', word, network.name, known))
  const told = await withJournal(flags, env, async journal => {
    const [{ stored }, rotations] = await Promise.all([
      journal.overview(network.name, runsToRead(network.settings), { zones: false }),
      journal.rotations(network.name, keptRotations),
    ])
    return whyOf(edge, { network, stored, rotations, now: clock() })
  })
  if (flags.json === true) terminal.out(`${JSON.stringify(told)}\n`)
  else {
    const amount = told.changes.length < 2 ? '' : told.needs === 'all' ? ', all of it together' : ', any of it'
    const heading = `What would change it${amount}:`
    const changes = told.changes.map(change => `  - ${change}`)
    terminal.out(lines([...told.sentences, terminal.paint('bold', heading), ...changes]))
  }
  return exitStatus.success
}
