import { readFile } from 'node:fs/promises'
import { extname, relative, resolve } from 'node:path'
import { type BuildOptions, build, type Loader, type Plugin } from 'esbuild'

const always = 'edgemanage:always'

/**
 * The options of a build with `splitting` in which what these modules need without `import()` comes in one piece. By
 * itself esbuild makes a piece for every set of entries that share a module: with 70 modules behind `import()`, a command
 * reads a hundred small files before it begins. Here every module behind an `import()` needs these as well, which are
 * loaded by then. Paths are relative to the working directory. Throws where the build fails.
 */
export async function inOnePiece(options: BuildOptions, modules: readonly string[]): Promise<BuildOptions> {
  const { metafile } = await build({ ...options, write: false, metafile: true })
  const entries = Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? [])
  const given = Array.isArray(options.entryPoints) ? options.entryPoints : []
  const later = entries.filter(entry => !given.includes(entry))
  return { ...options, plugins: [...(options.plugins ?? []), needing(modules, later)] }
}

function needing(modules: readonly string[], later: readonly string[]): Plugin {
  const imports = (paths: readonly string[]) => paths.map(path => `import ${JSON.stringify(path)}\n`).join('')
  return {
    name: 'in-one-piece',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: new RegExp(`^${always}$`) }, () => ({ path: always, namespace: always }))
      onLoad({ filter: /.*/, namespace: always }, () => ({
        contents: imports(modules.map(path => resolve(path))),
        resolveDir: process.cwd(),
      }))
      onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
        if (!later.includes(relative(process.cwd(), path))) return undefined
        const loader = extname(path).slice(1) as Loader
        return { contents: `${imports([always])}${await readFile(path, 'utf8')}`, loader }
      })
    },
  }
}
