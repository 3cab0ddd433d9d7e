import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Where a question is asked and answered. */
export interface Dialogue {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

/** Whether there is somebody to ask. */
export function canAsk({ stdin, stderr }: Dialogue): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on standard error; true for `y` or `yes`, false for everything else and where the input ends. */
export function askYesNo(question: string, { stdin, stderr }: Dialogue): Promise<boolean> {
  const dialogue = createInterface({ input: stdin, output: stderr })
  return new Promise(resolve => {
    // Also after Ctrl-C and Ctrl-D.
    dialogue.once('close', () => resolve(false))
    dialogue.question(`${question} [y/N] `, answer => {
      resolve(/^\s*y(es)?\s*$/i.test(answer))
      dialogue.close()
    })
  })
}
