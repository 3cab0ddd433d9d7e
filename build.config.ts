import { execFileSync } from 'node:child_process'
import { chmod, rename, symlink, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const command = 'dist/edgemanage.js'
const unfinished = `${command}.${process.pid}`

await build({
  entryPoints: ['functions/cli/main.ts'],
  outfile: unfinished,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Node 20 reads a module by its thread pool, whose size is then settled before the first line can ask for more.
  format: 'cjs',
  banner: { js: "#!/usr/bin/env node\nconst bundleUrl = require('node:url').pathToFileURL(__filename).href" },
  define: { 'import.meta.url': 'bundleUrl' },
  mainFields: ['module', 'main'],
  // The embedded table has a native part.
  external: ['dynalite', 'level'],
  legalComments: 'none',
  logLevel: 'warning',
})
const library = 'dist/library.mjs'
await build({
  entryPoints: ['functions/library/library.ts'],
  outfile: `${library}.${process.pid}`,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Some packages are no modules and ask for Node's own by `require`.
  banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
  mainFields: ['module', 'main'],
  external: ['dynalite', 'level'],
  legalComments: 'none',
  logLevel: 'warning',
})
await rename(`${library}.${process.pid}`, library)
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.library.json'], { stdio: 'inherit' })

await writeAtOnce('dist/package.json', '{ "type": "commonjs" }\n')

// npm does not set it, and npx then cannot start the command.
await chmod(unfinished, 0o755)
// Whoever runs the command meanwhile has the old one or the new one, never half of it.
await rename(unfinished, command)

// npm links the commands of packages, not a package's own: without this, npx installs the project into its cache first.
const link = 'node_modules/.bin/edgemanage'
await symlink(`../../${command}`, `${link}.${process.pid}`)
await rename(`${link}.${process.pid}`, link)

async function writeAtOnce(path: string, text: string): Promise<void> {
  await writeFile(`${path}.${process.pid}`, text)
  await rename(`${path}.${process.pid}`, path)
}
