import { type Document, isMap, isScalar, parseDocument } from 'yaml'
import { at } from '../config/merged-settings.ts'
import { retiredKeys } from '../config/retired.ts'
import { type Place, readYaml } from '../config/yaml-file.ts'

/** Where the original's files lie, as its `edgemanage.yaml` says; null where it does not. */
export interface OriginalPlaces {
  readonly object: string | null
  readonly edges: string | null
  /** More edges of the same networks. */
  readonly extraEdges: string | null
  readonly zones: string | null
  /** With `{dnet}` in the network's place; without it the original uses no canaries. */
  readonly canaries: string | null
}

/** The original's `edgemanage.yaml`, or why it cannot be used. */
export type OriginalSettings =
  | { readonly places: OriginalPlaces; readonly document: Document }
  | { readonly faults: readonly (Place & { readonly message: string })[] }

/** Reads the original's settings; never throws. */
export function readOriginalSettings(text: string): OriginalSettings {
  const { faults, value } = readYaml(text)
  if (faults.length > 0) return { faults }
  const document = parseDocument(text)
  if (!isMap(document.contents)) return { faults: [{ line: 1, column: 1, message: 'expected a map of settings' }] }
  const textAt = (...path: string[]) => {
    const found = at(value, path)
    return typeof found === 'string' && found !== '' ? found : null
  }
  const places = {
    object: textAt('testobject', 'local'),
    edges: textAt('edgelist_dir'),
    extraEdges: textAt('extra_edgelist_dir'),
    zones: textAt('zonetemplate_dir'),
    canaries: textAt('canary_files'),
  }
  return { places, document }
}

export interface Changes {
  /** The test object's new path, relative to the new folder; null leaves it as it is. */
  readonly object: string | null
  /** By the original's name of a network: the new one, where it differs. */
  readonly renamed: ReadonlyMap<string, string>
}

/** The settings as they are written here, and what of them went and what took its place. */
export interface MigratedSettings {
  readonly text: string
  readonly retired: readonly string[]
  /** What is for the operator to look at: hooks, and values that may be meant otherwise. */
  readonly notes: readonly string[]
}

/** Turns the original's settings into ours: comments stay, keys without a place here go. Changes the document. */
export function migrateSettings(document: Document, changes: Changes): MigratedSettings {
  const notes = [...hooksIn(document), ...doubtsAbout(document)]
  if (changes.object !== null) document.setIn(['testobject', 'local'], changes.object)
  const verify = wordOf(document.getIn(['testobject', 'verify']))
  if (verify !== null) document.setIn(['testobject', 'verify'], verify)
  const retired = Object.entries(retiredKeys).filter(([key]) => document.has(key))
  for (const [key] of retired) document.delete(key)
  renameNetworks(document, changes.renamed)
  const kept = retired.map(([key, instead]) => `${key}: ${instead}`)
  return { text: document.toString({ lineWidth: 0 }), retired: kept, notes }
}

/** The commands that the original ran around its cycles. */
function hooksIn(document: Document): string[] {
  const commands = document.toJS().commands
  if (typeof commands !== 'object' || commands === null) return []
  return Object.entries(commands).flatMap(([hook, lines]) =>
    [lines ?? []].flat().map(line => `commands.${hook}: '${String(line)}' is not run by anything here`),
  )
}

function doubtsAbout(document: Document): string[] {
  const port = document.getIn(['testobject', 'port'])
  const isOdd = document.getIn(['testobject', 'proto']) !== 'http' && port === 80
  return isOdd ? ['testobject: https on port 80 is kept as it is, and edges are probed there: did you mean 443?'] : []
}

/** What is measured otherwise here (behaviour, "fetch time", §1.6), for anyone who has to choose `goodenough`. */
export function fetchTimeNote(document: Document): string {
  const goodenough = document.get('goodenough')
  const value = goodenough === undefined ? 'goodenough' : `goodenough: ${String(goodenough)}`
  return `${value} may need another value: a fetch time counts to the last byte of the object here (to the headers with the original), and a redirect is a failure (the original followed it); "edgemanage migrate --measure" fetches each edge both ways`
}

/** What the original took for a truth value and YAML 1.2 does not; null for everything else. */
function wordOf(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  if (word === 'yes' || word === 'on') return true
  return word === 'no' || word === 'off' ? false : null
}

function renameNetworks(document: Document, renamed: ReadonlyMap<string, string>): void {
  const counts = document.get('dnet_edge_count')
  if (!isMap(counts)) return
  for (const pair of counts.items) {
    const name = isScalar(pair.key) ? renamed.get(String(pair.key.value)) : undefined
    if (isScalar(pair.key) && name !== undefined) pair.key.value = name
  }
}

/** The name of a network as it may be here: small letters, digits, - and _, at most 40 (contract, "Folders"). */
export function networkNameFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 40)
}

/** Lines of an edge list that were edges to the original, `#` and all, and are comments here. */
export function strangeComments(text: string): { readonly line: number; readonly content: string }[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, n) => (/^[^#].*#|^\s+#/.test(line) ? [{ line: n + 1, content: line.trim() }] : []))
}
