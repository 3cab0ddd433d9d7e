import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the command once, for every test that runs it as a process. */
export function setup(): void {
  const root = fileURLToPath(new URL('..', import.meta.url))
  execFileSync(process.execPath, ['--import', 'tsx', 'build.config.ts'], { cwd: root, stdio: 'inherit' })
}
