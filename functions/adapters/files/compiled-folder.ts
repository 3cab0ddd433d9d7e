import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compiled } from '../../cycle/ports/compiled.ts'
import { configFolder } from './config-folder.ts'

/** What nobody has rewritten for that long belongs to a configuration or a version that is not used any more. */
const keptMs = 30 * 86_400_000
/** Up to this many files, none is looked at for its age. */
const maxKept = 16

/**
 * Verdicts as files of a folder, which is made when the first is kept. Each is written whole or not at all; that it reaches
 * the disk is not waited for, as each says of itself whether it is whole.
 */
export function compiledFolder(folder: string): Compiled {
  const fileOf = (name: string) => `${name}.json`
  const source = configFolder(folder)
  return {
    read: name => {
      try {
        const bytes = source.read(fileOf(name))
        return bytes === null ? null : Buffer.from(bytes).toString('utf8')
      } catch {
        return null
      }
    },
    keep: (name, text) => {
      const aside = join(folder, `.aside-${process.pid}-${randomBytes(4).toString('hex')}`)
      try {
        makeFolder(folder)
        writeFileSync(aside, text, { flag: 'wx' })
        renameSync(aside, join(folder, fileOf(name)))
        sweep(folder)
      } catch {
        removed(aside)
      }
    },
  }
}

/** What is left of a file that could not be written: where not even that can be removed, there is none. */
function removed(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Something else is in the way of the whole folder.
  }
}

/** The folder above it is never made: without it there is nothing to keep verdicts for. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder)
}

function sweep(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= maxKept) return
  for (const name of names) {
    const path = join(folder, name)
    if (statSync(path).mtimeMs < Date.now() - keptMs) rmSync(path, { force: true })
  }
}
