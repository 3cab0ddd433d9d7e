import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { asScript } from './infra/as-script.ts'
import { warmUp } from './infra/command-warm-up.ts'
import { inOnePiece } from './infra/in-one-piece.ts'
import { licenceNotices, noticesFile } from './infra/licence-notices.ts'

const requireOfModules = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Some packages are no modules and ask for Node's own by `require`.
  banner: { js: requireOfModules.trimEnd() },
  mainFields: ['module', 'main'],
  // The embedded store, and what reads that of earlier versions, have native parts.
  external: ['libsql', 'classic-level'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions

/** What nearly every command needs, and a quiet cycle needs nothing but these. */
const usual = [
  'functions/cli/program.ts',
  'functions/cli/commands/manage.ts',
  'functions/adapters/embedded/local-storage.ts',
]

const dayMs = 86_400_000
/** A package holds the pieces of this build alone. */
const keptMs = ['pack', 'publish'].includes(process.env.npm_command ?? '') ? 0 : dayMs

await mkdir('dist/command', { recursive: true })
await buildCommand('dist/command')
await buildLibrary('dist/library.mjs')
await replaceAtOnce('dist/package.json', unfinished => writeFile(unfinished, '{ "type": "commonjs" }\n'))
await publishCommand('dist/edgemanage.js')
await replaceAtOnce('dist/edgemanage.1', unfinished =>
  writeFile(unfinished, execFileSync(process.execPath, ['dist/edgemanage.js', 'man'])),
)
await warmUp('dist')

/** The command in pieces, of which each of its commands reads what it needs. */
async function buildCommand(folder: string): Promise<void> {
  const unfinished = await mkdtemp('dist/unfinished-')
  const names = { '.js': '.mjs' }
  const entry = { entryPoints: ['functions/cli/main.ts'], outdir: unfinished, outExtension: names, splitting: true }
  const { metafile } = await build(await inOnePiece({ ...common, ...entry }, usual))
  await writeFile(join(unfinished, noticesFile), noticesOf(metafile))
  await forgetUnreached(unfinished, 'main.mjs', '.mjs')
  for (const piece of await readdir(unfinished))
    if (piece.endsWith('.mjs')) await replaceByScript(join(unfinished, piece))
  await copyFile('functions/cli/pieces.cjs', join(unfinished, 'pieces.cjs'))
  const pieces = await readdir(unfinished)
  // The piece that names all others comes last.
  const inOrder = [...pieces.filter(piece => piece !== 'main.cjs'), 'main.cjs']
  for (const piece of inOrder) await rename(join(unfinished, piece), join(folder, piece))
  await rm(unfinished, { recursive: true })
  await forgetOld(folder, pieces)
}

/** Replaces a piece by the script that it is loaded as (functions/cli/pieces.cjs). */
async function replaceByScript(module: string): Promise<void> {
  const script = await asScript((await readFile(module, 'utf8')).replace(requireOfModules, ''), common.target)
  await writeFile(module.replace(/\.mjs$/, '.cjs'), script)
  await rm(module)
}

function noticesOf(metafile: Metafile | undefined): string {
  if (metafile === undefined) throw new Error('esbuild gave no metafile')
  return licenceNotices(metafile, '.')
}

/** Removes the pieces of earlier builds; a command that has been at work since then may still ask for them, for a day. */
async function forgetOld(folder: string, pieces: readonly string[]): Promise<void> {
  for (const piece of await readdir(folder)) {
    if (pieces.includes(piece)) continue
    // Where two build at once, the other one may have removed it.
    const madeMs = await stat(join(folder, piece)).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (madeMs < Date.now() - keptMs) await rm(join(folder, piece), { force: true })
  }
}

async function buildLibrary(library: string): Promise<void> {
  const entryPoints = ['functions/library/library.ts']
  await replaceAtOnce(library, async outfile => {
    const { metafile } = await build({ ...common, entryPoints, outfile })
    await replaceAtOnce(join('dist', noticesFile), unfinished => writeFile(unfinished, noticesOf(metafile)))
  })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.library.json'], {
    stdio: 'inherit',
  })
  await forgetUnreached('dist/types', 'functions/library/library.d.ts', '.d.ts')
}

/** Removes the files of this ending that an entry does not lead to, those of earlier builds among them. */
async function forgetUnreached(folder: string, entry: string, ending: '.mjs' | '.d.ts'): Promise<void> {
  const reached = new Set<string>()
  const follow = async (path: string): Promise<void> => {
    if (reached.has(path) || !existsSync(path)) return
    reached.add(path)
    for (const [, to = ''] of (await readFile(path, 'utf8')).matchAll(/["'](\.[^"'\s]+\.(?:mjs|ts))["']/g)) {
      await follow(join(dirname(path), to.replace(/(\.d)?\.ts$/, '.d.ts')))
    }
  }
  await follow(join(folder, entry))
  for (const path of await readdir(folder, { recursive: true })) {
    if (path.endsWith(ending) && !reached.has(join(folder, path))) await rm(join(folder, path), { force: true })
  }
}

async function publishCommand(command: string): Promise<void> {
  await replaceAtOnce(command, async unfinished => {
    await copyFile('functions/cli/edgemanage.cjs', unfinished)
    // npm does not set it, and npx then cannot start the command.
    await chmod(unfinished, 0o755)
  })
  // npm links the commands of packages, not a package's own: without this, npx installs the project into its cache first.
  await replaceAtOnce('node_modules/.bin/edgemanage', unfinished => symlink(`../../${command}`, unfinished))
}

/** Whoever reads the file meanwhile has the old one or the new one, never half of it. */
async function replaceAtOnce(path: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${path}.${process.pid}`
  await make(unfinished)
  await rename(unfinished, path)
}
