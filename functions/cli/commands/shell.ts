import type { Command } from 'commander'
import { exitStatus } from '../../app/exit-status.ts'
import { readVersion } from '../../app/package-files.ts'
import { completionOf, type Shell } from '../output/completion.ts'
import { manOf } from '../output/man.ts'
import type { Terminal } from '../output/terminal.ts'

/** `edgemanage completion SHELL`: what makes a shell complete commands and flags. */
export async function completion(shell: Shell, program: Command, terminal: Terminal): Promise<number> {
  terminal.out(completionOf(program, shell))
  return exitStatus.success
}

/** `edgemanage man`: the manual page. */
export async function manual(program: Command, terminal: Terminal): Promise<number> {
  terminal.out(manOf(program, readVersion()))
  return exitStatus.success
}
