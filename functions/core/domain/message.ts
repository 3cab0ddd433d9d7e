import { oneLine } from './printable.ts'

/** The longest message of something that was thrown, in characters. */
const maxMessage = 1_000

/** What went wrong, in one line that can be shown anywhere, whatever was thrown. */
export function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error), maxMessage)
}
