import { transform } from 'esbuild'

/** Begins a comment that names the file a part of a piece was made of; others are left out. */
const namesFile = '//! file '
/** Stands for `import.meta.url`. */
const url = '__url'

/**
 * A piece of a build with `splitting` as a script with `require`, and so are the pieces that it imports: esbuild splits
 * nothing but modules, and of a module V8 keeps nothing. `module`: its text; `target`: the oldest Node that runs it.
 */
export async function asScript(module: string, target: string): Promise<string> {
  const { code } = await transform(module.replaceAll(/^\/\/ (?=\S+$)/gm, namesFile), {
    ...{ format: 'cjs', platform: 'node', target, legalComments: 'inline' },
    // As modules do it: what a script exports is their default.
    sourcefile: 'piece.mjs',
    ...{ supported: { 'dynamic-import': false }, define: { 'import.meta.url': url } },
  })
  const head = code.includes(url) ? `const ${url} = require('node:url').pathToFileURL(__filename).href\n` : ''
  return head + code.replaceAll(namesFile, '// ').replaceAll(/require\("(\.\/[^"]+)\.mjs"\)/g, 'require("$1.cjs")')
}
