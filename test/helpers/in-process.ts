import { EventEmitter } from 'node:events'
import type { Streams } from '../../functions/cli/output/terminal.ts'
import { runProgram } from '../../functions/cli/program.ts'
import type { Ended } from './command.ts'

/**
 * Runs `edgemanage` in this process, which spares its start: for all that is not about processes (signals, kills, what is
 * loaded, several at once). What `env` names is in the environment of this process, too, as long as the command runs: so
 * commands with different ones run one after another.
 */
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
  const restore = setEnvironment(env)
  try {
    const status = await runProgram(args, streams)
    return { status, signal: null, ...texts }
  } finally {
    restore()
  }
}

/** The same with the wall clock set by that many seconds; nothing else may ask for the time meanwhile. */
export async function runAtTime(seconds: number, args: readonly string[]): Promise<Ended> {
  const RealDate = globalThis.Date
  const now = () => RealDate.now() + seconds * 1000
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      super(...((given.length === 0 ? [now()] : given) as [number]))
    }
    static override now() {
      return now()
    }
  } as DateConstructor
  try {
    return await runInside(args)
  } finally {
    globalThis.Date = RealDate
  }
}

function setEnvironment(env: Record<string, string>): () => void {
  const before = Object.keys(env).map(name => [name, process.env[name]] as const)
  Object.assign(process.env, env)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
