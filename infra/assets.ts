import { cpSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { compiledFile } from '../functions/core/config/compiled.ts'
import type { Network } from '../functions/core/config/network.ts'
import { leanProtocols } from './lean-protocols.ts'
import { licenceNotices, noticesFile } from './licence-notices.ts'
import { checkedConfiguration, networkConfiguration } from './network-configuration.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Nothing is written here; paths in source maps count from it, so that no two machines disagree about them. */
const outdir = join(root, 'dist', 'functions')

/** Packages whose first choice for Node is not a module, or brings what no function needs. */
const leanerPackages = {
  yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
  handlebars: join(root, 'node_modules/handlebars/dist/cjs/handlebars.js'),
}

/** Every handler, bundled together: what two of them share is in chunks. */
export interface Bundle {
  /** By file name. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** By function name: the files it needs, source maps included. */
  readonly needs: ReadonlyMap<string, readonly string[]>
}

/** Bundles the handlers `functions/<name>.ts` in one run, as modules. */
export async function bundleFunctions(names: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map(name => `functions/${name}.ts`),
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: leanerPackages,
    plugins: [leanProtocols(root)],
    // Handlebars takes it where it is, and does without it.
    external: ['source-map'],
    minify: true,
    charset: 'utf8',
    sourcemap: true,
    sourcesContent: false,
    // They are in a file of their own, that nobody loads.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const notices = Buffer.from(licenceNotices(metafile, root))
  return {
    files: new Map([
      ...outputFiles.map(({ path, contents }) => [basename(path), contents] as const),
      [noticesFile, notices],
    ]),
    needs: new Map(names.map(name => [name, neededFiles(`${name}.mjs`, metafile)])),
  }
}

/** The files that a file needs, itself included: what it imports, now or later, with source maps, and the licences. */
function neededFiles(entry: string, { outputs }: Metafile): string[] {
  const imports = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output.imports]))
  const needed = new Set([entry])
  for (const file of needed) {
    for (const { path, external } of imports.get(file) ?? []) if (!external) needed.add(basename(path))
  }
  return [...needed]
    .flatMap(file => [file, `${file}.map`])
    .concat(noticesFile)
    .sort()
}

/** Where an asset's parts come from and go to. */
export interface AssetSource {
  readonly bundle: Bundle
  readonly configDir: string
  /** The folder in which assets are gathered. */
  readonly into: string
}

/** A file of the bundle, written once for all functions of all networks. */
function onDisk(file: string, bundle: Bundle, into: string): string {
  const path = join(into, '.bundle', file)
  if (!existsSync(path)) {
    mkdirSync(join(into, '.bundle'), { recursive: true })
    writeFileSync(path, bundle.files.get(file) ?? '')
  }
  return path
}

/** Fills a folder with a function's code alone, and gives its path. */
export function codeFolder(bundle: Bundle, functionName: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const file of bundle.needs.get(functionName) ?? []) {
    writeFileSync(join(folder, file), bundle.files.get(file) ?? '')
  }
  return folder
}

/** Fills a folder with all that a function of a network runs, and gives its path. Its content is its identity. */
export function assetFolder({ bundle, configDir, into }: AssetSource, network: Network, functionName: string): string {
  const folder = join(into, network.name, functionName)
  mkdirSync(folder, { recursive: true })
  for (const file of bundle.needs.get(functionName) ?? []) linkSync(onDisk(file, bundle, into), join(folder, file))
  cpSync(join(root, 'templates'), join(folder, 'templates'), { recursive: true })
  const files = networkConfiguration(configDir, network)
  for (const [path, content] of files) {
    const target = join(folder, 'config', path)
    mkdirSync(join(target, '..'), { recursive: true })
    writeFileSync(target, content)
  }
  const checked = join(into, network.name, compiledFile)
  if (!existsSync(checked)) {
    writeFileSync(checked, checkedConfiguration(files, join(root, 'templates'), network) ?? '')
  }
  linkSync(checked, join(folder, compiledFile))
  return folder
}
