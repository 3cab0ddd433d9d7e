import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Report } from '../../functions/core/report/report.ts'

/** A report, and when it was told: by then its cycle had ended (milliseconds). */
export interface Told {
  readonly report: Report
  readonly atMs: number
}

/** The command at work, and what it has told so far. */
export interface Working {
  readonly child: ChildProcess
  readonly reports: Told[]
  readonly errors: () => string
  /** Ends it as an operator would; the answer is its exit status, null where it had to be killed. */
  readonly stop: () => Promise<number | null>
}

const patienceMs = 15_000

/** Starts a command that prints one report a line. */
export function startWorking(args: readonly string[], env: NodeJS.ProcessEnv): Working {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const reports: Told[] = []
  let rest = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) reports.push({ report: JSON.parse(line) as Report, atMs: Date.now() })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-10_000)
  })
  const exited = new Promise<number | null>(resolve => child.on('exit', status => resolve(status)))
  const stop = () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    return exited.finally(() => clearTimeout(timer))
  }
  return { child, reports, errors: () => errors, stop }
}

/** How much a process holds: megabytes of memory and open files (sockets among them); null where it is gone. */
export function holdings(pid: number): { megabytes: number; files: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
    return { megabytes: kilobytes / 1024, files: readdirSync(`/proc/${pid}/fd`).length }
  } catch {
    return null
  }
}
