import { spawn } from 'node:child_process'

/** How a program ended. */
export interface ProgramEnd {
  /** Null where it was killed, or could not be started. */
  readonly status: number | null
  /** Both outputs, in the order in which they came; cut at the limit. */
  readonly output: string
  /** Why it could not be started or was ended; null where it came to its own end. */
  readonly trouble: string | null
}

/** What bounds a program: milliseconds, and bytes of its output that are kept. */
export interface ProgramLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** Where Debian and others have the tools of a name server, which a user's PATH may lack. */
const furtherFolders = '/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin'

/** The PATH with the folders in it that hold a name server's tools. */
export function pathWithTools(path: string | undefined): string {
  return path ? `${path}:${furtherFolders}` : furtherFolders
}

/** Runs a program to its end, or to the limit of its time; then it is killed with all that it started. Never rejects. */
export function runProgram(program: string, args: readonly string[], limits: ProgramLimits): Promise<ProgramEnd> {
  const env = { ...process.env, PATH: pathWithTools(process.env.PATH), LC_ALL: 'C' }
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true })
  const pieces: Buffer[] = []
  let bytes = 0
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      if (bytes < limits.maxBytes) pieces.push(piece.subarray(0, limits.maxBytes - bytes))
      bytes += piece.length
    })
  }
  return new Promise(resolve => {
    let trouble: string | null = null
    const end = (status: number | null) => {
      clearTimeout(timer)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ status, output: Buffer.concat(pieces).toString('utf8'), trouble })
    }
    const timer = setTimeout(() => {
      trouble = `it did not end within ${limits.timeoutMs / 1000} s`
      killGroup(child.pid)
      end(null)
    }, limits.timeoutMs)
    child.once('error', error => {
      trouble = `it cannot be started (${(error as NodeJS.ErrnoException).code})`
      end(null)
    })
    child.once('close', (status, signal) => {
      if (signal !== null) trouble ??= `it was ended by ${signal}`
      end(status)
    })
  })
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}
