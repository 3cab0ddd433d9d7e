import { chmod, rename } from 'node:fs/promises'
import { build } from 'esbuild'

const command = 'dist/edgemanage.js'
const unfinished = `${command}.${process.pid}`

// Packages that were not written as modules ask for `require`, which a module has to make for itself.
const banner = `#!/usr/bin/env node
import { createRequire as createRequireForPackages } from 'node:module'
const require = createRequireForPackages(import.meta.url)`

await build({
  entryPoints: ['functions/cli/main.ts'],
  outfile: unfinished,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  mainFields: ['module', 'main'],
  // The embedded table has a native part.
  external: ['dynalite', 'classic-level'],
  banner: { js: banner },
  legalComments: 'none',
  logLevel: 'warning',
})

// npm does not set it, and npx then cannot start the command.
await chmod(unfinished, 0o755)
// Whoever runs the command meanwhile has the old one or the new one, never half of it.
await rename(unfinished, command)
