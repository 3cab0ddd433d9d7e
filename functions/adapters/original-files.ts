import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeText } from '../core/config/text-file.ts'
import type { OriginalFiles } from '../core/original/material.ts'

const ending = '.edgestore'

/**
 * Reads the original's health folder and state file, as far as they are named; what is no text reads as empty, which
 * no file of the original is. Throws where the folder cannot be listed or a file cannot be read.
 */
export function readOriginalFiles(health: string | undefined, state: string | undefined): OriginalFiles {
  const names = health === undefined ? [] : readdirSync(health).filter(name => name.endsWith(ending))
  return {
    stores: new Map(names.map(name => [name.slice(0, -ending.length), textOf(join(String(health), name))])),
    state: state === undefined ? null : textOf(state),
  }
}

function textOf(path: string): string {
  const decoded = decodeText(readFileSync(path))
  return 'text' in decoded ? decoded.text : ''
}
