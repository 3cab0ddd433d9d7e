import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copied = [
  'functions',
  'infra',
  'test',
  'templates',
  'config',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]

/** One place of the source that is to read otherwise. */
export interface Patch {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** A copy of the project's source that may be broken at will; its packages are the project's own. */
export interface Copy {
  readonly path: string
  /** Breaks it; throws where a place is not found exactly once. The answer mends it again. */
  readonly apply: (patches: readonly Patch[]) => () => void
  readonly remove: () => void
}

/** Copies the source aside. */
export function copySource(): Copy {
  const path = mkdtempSync(join(tmpdir(), 'edgemanage-broken-'))
  for (const part of copied) cpSync(join(root, part), join(path, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'))
  const apply = (patches: readonly Patch[]) => {
    const before = new Map<string, string>()
    for (const { file, from, to } of patches) {
      const text = readFileSync(join(path, file), 'utf8')
      if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`)
      if (!before.has(file)) before.set(file, text)
      writeFileSync(
        join(path, file),
        text.replace(from, () => to),
      )
    }
    return () => {
      for (const [file, text] of before) writeFileSync(join(path, file), text)
    }
  }
  return { path, apply, remove: () => rmSync(path, { recursive: true, force: true }) }
}
