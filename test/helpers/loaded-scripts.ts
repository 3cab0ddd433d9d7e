import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

/** A script that was loaded; comments in a piece of the command name the files that it was made of. */
export interface Script {
  readonly path: string
  readonly text: string
}

/** What a command with these arguments loads, but for Node's own; `folder`: where it may keep what tells. */
export async function loadedBy(args: readonly string[], folder: string): Promise<Script[]> {
  const coverage = mkdtempSync(join(folder, 'coverage-'))
  await runCommand([...args], { NODE_V8_COVERAGE: coverage })
  const [file = ''] = readdirSync(coverage)
  const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] }
  const paths = result.map(({ url }) => (url.startsWith('file://') ? fileURLToPath(url) : url))
  return paths.filter(isAbsolute).map(path => ({ path, text: readFileSync(path, 'utf8') }))
}
