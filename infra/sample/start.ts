import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import { startSampleEdges } from './sample-edges.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'dist/edgemanage.js')
const configDir = join(root, 'config')
const network = 'sample'
const storage = join(root, '.local')

/** Starts the sample network on loopback and runs a cycle over it; the answer is the exit status. */
async function start(args: readonly string[]): Promise<number> {
  if (!existsSync(command)) throw new Error('dist/ is not built: run "npm run build" first')
  const sample = loadConfiguration(configFolder(configDir), { absolutePaths: 'warning' }).networks.find(
    ({ name }) => name === network,
  )
  if (sample === undefined) throw new Error('config/ has no network "sample": see "npx edgemanage validate"')
  const { port, local } = sample.settings.testobject
  const edges = await startSampleEdges(port, readFileSync(join(configDir, local)))
  try {
    const status = await edgemanage('manage', '--local', storage, '--force', ...args)
    if (status === 0) await tellResults(storageOf(args))
    return status
  } finally {
    await edges.close()
  }
}

/** Where to look now: the zones, and the status page, which is written here. */
async function tellResults(folder: string): Promise<void> {
  const shown = (path: string) => relative(process.cwd(), join(folder, path)) || '.'
  process.stderr.write(
    `\nThe zone files are in ${shown(`bucket/zones/${network}`)}/ and the state is kept: run it again to go on.\n`,
  )
  if (existsSync(folder)) await edgemanage('status', '--local', folder, '--html', shown('status.html'))
}

/** The folder of the run: an argument may name another one. */
function storageOf(args: readonly string[]): string {
  const at = args.lastIndexOf('--local')
  return resolve(at < 0 ? storage : (args[at + 1] ?? storage))
}

/** Runs a command on the sample network in a process of its own. */
function edgemanage(name: string, ...flags: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [command, name, '-A', network, '-c', configDir, ...flags], { stdio: 'inherit' })
  // A terminal sends its signals to both: the cycle under way ends first, then the edges.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`npm start: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
