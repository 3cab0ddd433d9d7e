import type { Terminal } from '../output/terminal.ts'

/**
 * A signal that the first SIGINT or SIGTERM fires, and the end of standard output's reader: what is under way is
 * finished, then the command ends. A second signal ends the process at once.
 */
export function stopOnSignals(
  terminal: Terminal,
  words = 'stopping after the cycle under way; once more stops at once',
): AbortSignal {
  const stopping = new AbortController()
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(128 + number)
      terminal.err(`edgemanage: ${words}\n`)
      stopping.abort()
    })
  }
  return AbortSignal.any([stopping.signal, terminal.closed])
}
