import { dirname, join, normalize } from 'node:path'
import { compositionRoots, type Room } from './house-rules.ts'

/** A source file, by its path in the project. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** One import of a file: of a file of the project (its path), or of a package (its name). */
interface Import {
  readonly target: string
  readonly isFile: boolean
  /** The names between the braces. */
  readonly names: readonly string[]
}

/** What a file imports or hands on, types and `import()` included. */
export function importsOf({ path, text }: Source): Import[] {
  const named = text.matchAll(
    /^(?:import|export)\s(?:type\s)?(?:\*(?: as \w+)?|[\w$]+)?(?:,\s)?(?:\{([^}]*)\})?\s*from '([^']+)'/gm,
  )
  const bare = text.matchAll(/(?:^import\s|\bimport\()\s*()'([^']+)'/gm)
  return [...named, ...bare].map(([, names = '', target = '']) => ({
    target: target.startsWith('.') ? normalize(join(dirname(path), target)) : target,
    isFile: target.startsWith('.'),
    names: names.split(',').map(name => name.replace(/^\s*type\s/, '').trim()),
  }))
}

/** Everything in which sources break the rules of the house, a sentence each; none where all is well. */
export function breaches(sources: readonly Source[], rooms: readonly Room[]): string[] {
  return [
    ...unknownFolders(sources, rooms),
    ...sources.flatMap(source => forbiddenImports(source, rooms)),
    ...sources.flatMap(impurities),
    ...sources.flatMap(constructions),
    ...circles(fileArrows(sources)).map(circle => `files import each other: ${circle.join(', ')}`),
    ...circles(folderArrows(sources)).map(circle => `folders import each other: ${circle.join(', ')}`),
  ]
}

function unknownFolders(sources: readonly Source[], rooms: readonly Room[]): string[] {
  const present = new Set(sources.map(({ path }) => dirname(path)))
  const known = new Set(rooms.map(({ folder }) => folder))
  return [
    ...[...present].filter(folder => !known.has(folder)).map(folder => `${folder} is not among the rooms of the house`),
    ...[...known].filter(folder => !present.has(folder)).map(folder => `the room ${folder} does not exist`),
  ]
}

function forbiddenImports(source: Source, rooms: readonly Room[]): string[] {
  const folder = dirname(source.path)
  const room = rooms.find(one => one.folder === folder)
  if (room === undefined) return []
  const may = ({ target, isFile }: Import) =>
    isFile
      ? dirname(target) === folder || room.imports.includes(dirname(target))
      : room.packages.some(name => target === name || target.startsWith(name.endsWith(':') ? name : `${name}/`))
  return importsOf(source)
    .filter(one => !may(one) || isHandler(one))
    .map(({ target }) => `${source.path} must not import ${target}`)
}

/** Handlers are for the platform alone. */
function isHandler({ target, isFile }: Import): boolean {
  return isFile && dirname(target) === 'functions'
}

const impure = /Date\.now|new Date\(\)|Math\.random|\bprocess\.|\bperformance\.|setTimeout|setInterval|\bfetch\(/

function impurities({ path, text }: Source): string[] {
  const found = path.startsWith('functions/core/') ? text.match(impure) : null
  return found === null ? [] : [`${path} is in core, and is not pure: ${found[0]}`]
}

const constructing = /^(create|lazy|open|dynamoDB)[A-Z]/

function constructions(source: Source): string[] {
  const folder = dirname(source.path)
  if (folder.startsWith('functions/adapters') || compositionRoots.includes(folder)) return []
  return importsOf(source)
    .filter(({ target, isFile }) => isFile && target.startsWith('functions/adapters/'))
    .flatMap(({ target, names }) => names.filter(name => constructing.test(name)).map(name => ({ target, name })))
    .map(({ target, name }) => `${source.path} must not construct an adapter: ${name} of ${target}`)
}

type Arrows = ReadonlyMap<string, ReadonlySet<string>>

function fileArrows(sources: readonly Source[]): Arrows {
  return new Map(
    sources.map(source => [source.path, new Set(importsOf(source).flatMap(one => (one.isFile ? [one.target] : [])))]),
  )
}

function folderArrows(sources: readonly Source[]): Arrows {
  const arrows = new Map<string, Set<string>>()
  for (const [path, targets] of fileArrows(sources)) {
    const from = dirname(path)
    const to = arrows.get(from) ?? new Set()
    for (const target of targets) if (dirname(target) !== from) to.add(dirname(target))
    arrows.set(from, to)
  }
  return arrows
}

/** What reaches itself, in groups that reach each other. */
function circles(arrows: Arrows): string[][] {
  const reach = new Map([...arrows.keys()].map(start => [start, reachable(start, arrows)]))
  const caught = [...arrows.keys()].filter(node => reach.get(node)?.has(node))
  const groups = new Map<string, string[]>()
  for (const node of caught) {
    const group = caught.filter(other => reach.get(node)?.has(other) && reach.get(other)?.has(node)).sort()
    groups.set(group.join(), group)
  }
  return [...groups.values()]
}

function reachable(start: string, arrows: Arrows): Set<string> {
  const found = new Set<string>()
  const open = [start]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const target of arrows.get(next) ?? []) {
      if (found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  }
  return found
}
