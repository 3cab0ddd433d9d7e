import type { Progress } from '../../cycle/ports/ports.ts'
import type { Terminal } from './terminal.ts'

/** Shows a cycle's progress on the terminal's one line of it. */
export function showProgress(terminal: Terminal): (progress: Progress) => void {
  return ({ step, done, total }) => terminal.progress(done === total ? '' : `${step} ${done}/${total}`)
}
