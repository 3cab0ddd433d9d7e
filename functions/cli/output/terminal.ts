import { printable, printableText } from '../../core/domain/printable.ts'

// `styleText` asks the process's own streams, not the one that is written to.
const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const

/** Moves to the upper left and clears the screen: for what is redrawn, and only as the beginning of a text. */
export const home = '\x1b[H\x1b[2J'
/** What a terminal says that does not know its own width. */
const defaultWidth = 80

const ownCodes = new Set(Object.values(codes).flatMap(([on, off]) => [`\x1b[${on}m`, `\x1b[${off}m`]))

export type Style = keyof typeof codes
export type Paint = (style: Style, text: string) => string

/** Where a command writes to: data to standard output, everything else to standard error. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Rewrites the one line of progress on standard error; an empty one clears it. Does nothing where none is shown. */
  readonly progress: (line: string) => void
  readonly paint: Paint
  /** Characters in a line of standard output; infinite where it is not a terminal. */
  readonly width: number
  /** Aborted as soon as nobody reads standard output any more. */
  readonly closed: AbortSignal
}

/** What of a process a terminal is made of. */
export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  /** Ends the process: what a command prints cannot be written. */
  readonly exit: (status: number) => void
}

export const unpainted: Paint = (_style, text) => text
const painted: Paint = (style, text) => `\x1b[${codes[style][0]}m${printable(text)}\x1b[${codes[style][1]}m`

/** Takes care of outputs that cannot be written to. The signal fires as soon as nobody reads standard output any more. */
export function watchOutputs({ stdout, stderr, exit }: Streams): AbortSignal {
  const closing = new AbortController()
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (stream === stdout) closing.abort()
      if (error.code === 'EPIPE') return
      if (stream === stdout) stderr.write(`edgemanage: standard output: ${error.message}\n`)
      exit(1)
    })
  }
  return closing.signal
}

/** Opens the terminal of a process. With `plain` (as for --json) there are neither colours nor progress. */
export function openTerminal({ stdout, stderr, env }: Streams, closed: AbortSignal, plain: boolean): Terminal {
  const isFancy = !plain && env.TERM !== 'dumb'
  const showsProgress = isFancy && stderr.isTTY === true
  const isColoured = isFancy && stdout.isTTY === true && !env.NO_COLOR
  let shown = ''
  const progress = (line: string) => {
    if (!showsProgress || line === shown) return
    stderr.write(`\r\x1b[2K${printable(line).slice(0, widthOf(stderr) - 1)}`)
    shown = line
  }
  const out = (text: string) => {
    progress('')
    const isRedrawn = stdout.isTTY === true && text.startsWith(home)
    const rest = isRedrawn ? text.slice(home.length) : text
    stdout.write(`${isRedrawn ? home : ''}${printableText(rest, code => isColoured && ownCodes.has(code))}`)
  }
  const err = (text: string) => {
    progress('')
    stderr.write(printableText(text, () => false))
  }
  return {
    out,
    err,
    progress,
    paint: isColoured ? painted : unpainted,
    width: stdout.isTTY === true ? widthOf(stdout) : Number.POSITIVE_INFINITY,
    closed,
  }
}

/** Characters in a line of a terminal; some say 0, or nothing at all. */
function widthOf({ columns }: NodeJS.WriteStream): number {
  return columns > 0 ? columns : defaultWidth
}
