import { EventEmitter } from 'node:events'
import type { Streams } from '../../functions/cli/output/terminal.ts'
import { runProgram } from '../../functions/cli/program.ts'
import type { Ended } from './command.ts'

/** Runs `edgemanage` in this process, which spares its start: for the many small questions about one command. */
export async function runInside(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') =>
    Object.assign(new EventEmitter(), {
      write: (text: string) => {
        texts[name] += text
        return true
      },
    }) as unknown as NodeJS.WriteStream
  const exit = (status: number) => {
    throw new Error(`exit ${status}`)
  }
  const streams: Streams = { stdout: stream('stdout'), stderr: stream('stderr'), env, exit }
  const status = await runProgram(args, streams)
  return { status, signal: null, ...texts }
}
