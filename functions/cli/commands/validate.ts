import { configFolder } from '../../adapters/files/config-folder.ts'
import { openConfiguration } from '../../app/choose-network.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { configDirOf } from '../../app/naming.ts'
import { formatProblem, type Problem } from '../../core/config/problem.ts'
import { withoutNetwork } from '../../core/config/stopping.ts'
import { unreachableEdges } from '../../core/config/unreachable-edges.ts'
import { counted } from '../../core/domain/printable.ts'
import type { Terminal } from '../output/terminal.ts'

/** `edgemanage validate`: every problem of a configuration folder, then a line that sums up. */
export async function validate(
  flags: { readonly config?: string; readonly json?: boolean },
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const folder = configDirOf(flags.config, env)
  const opened = openConfiguration(folder)
  const { networks } = opened
  // Only a function on AWS is kept from them; the machine that cycles run on may well reach them.
  const unreachable = networks.flatMap(network =>
    unreachableEdges(configFolder(folder).read, network, { ipv6: true, loopback: false }),
  )
  const problems = [...opened.problems, ...withoutNetwork(opened), ...unreachable.map(onAws)]
  const errors = problems.filter(problem => problem.severity === 'error').length
  if (flags.json === true) terminal.out(problems.map(problem => `${JSON.stringify(problem)}\n`).join(''))
  else {
    terminal.out(problems.map(problem => `${formatProblem(problem)}\n`).join(''))
    const counts = [counted(networks.length, 'network'), counted(errors, 'error')]
    terminal.out(`${folder}: ${[...counts, counted(problems.length - errors, 'warning')].join(', ')}\n`)
  }
  return errors > 0 ? exitStatus.wrong : exitStatus.success
}

function onAws(problem: Problem): Problem {
  return { ...problem, message: `${problem.message}: on AWS its probes will fail` }
}
