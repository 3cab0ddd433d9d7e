import { join } from 'node:path'
import { structuredPatch } from 'diff'
import { configFolder } from '../../adapters/files/config-folder.ts'
import { isFree, writeNewFiles } from '../../adapters/files/new-folder.ts'
import { namesOf } from '../../app/choose-network.ts'
import { differencesOf, type FileDifference } from '../../app/configuration/difference.ts'
import { pulledFolder } from '../../app/configuration/pull.ts'
import { logOf } from '../../app/configuration/rollback.ts'
import { folderSnapshot } from '../../app/configuration/site.ts'
import { exitStatus, UsageError } from '../../app/errors.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { inForceOf, type NetworkInForce, networksKept } from '../../app/network-in-force.ts'
import { type Storage, storageAt } from '../../app/open-storage.ts'
import { root } from '../../app/package-files.ts'
import { existingPlaceOf, type Place } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { ConfigEvent } from '../../core/config/pointer.ts'
import { shortHash } from '../../core/config/taking.ts'
import { byName } from '../../core/domain/model.ts'
import { renderTable } from '../output/table.ts'
import type { Paint, Terminal } from '../output/terminal.ts'

/** This many entries are listed for each network. */
const maxEntries = 1_000

/** The networks that are meant: the one that is named, or all of which something is in force. Throws `UsageError`. */
export async function standings(flags: NetworkFlags, storage: Storage, place: Place): Promise<NetworkInForce[]> {
  const kept = await networksKept(storage)
  const names = flags.dnet === undefined ? kept : [flags.dnet]
  const found: NetworkInForce[] = []
  for (const name of names) found.push(await inForceOf(name, storage, place))
  const known = found.filter(({ wanted }) => wanted !== null)
  if (known.length === 0) {
    const which = flags.dnet === undefined ? 'any network' : flags.dnet
    throw new UsageError(`nothing was ever put in force for ${which}: edgemanage config push does, and so does a cycle`)
  }
  return known
}

/** `edgemanage config pull DIR`: writes what is in force as a folder. */
export async function pullConfig(
  folder: string,
  flags: NetworkFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const place = existingPlaceOf(flags, env)
  if (!isFree(folder)) throw new UsageError(`${folder} is not empty: what is in force is written to a new folder`)
  const pulled = await withStorage(storageAt(place, env), true, async storage =>
    pulledFolder(await standings(flags, storage, place), storage),
  )
  const own = configFolder(join(root, 'templates'))
  const templates = [...pulled.templates].filter(
    ([name, bytes]) => Buffer.compare(own.read(name) ?? Buffer.from([]), bytes) !== 0,
  )
  await writeNewFiles(
    folder,
    new Map([...pulled.files, ...templates.map(([name, bytes]) => [`templates/${name}`, bytes] as const)]),
  )
  for (const path of pulled.outside) terminal.err(`edgemanage: ${path} lies outside of the folder and is left out\n`)
  if (!pulled.isVerbatim)
    terminal.err('edgemanage: edgemanage.yaml is put together from several pushes: comments are lost\n')
  for (const [name] of templates) terminal.err(`edgemanage: templates/${name} is another than this version has\n`)
  terminal.err(`edgemanage: wrote ${pulled.files.size + templates.length} files to ${folder}\n`)
  return exitStatus.success
}

/** `edgemanage config log`: who put what in force, the newest first. */
export async function configLog(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const rows = await withStorage(storageAt(place, env), true, async storage => {
    const all: Row[] = []
    for (const { network, inUse } of await standings(flags, storage, place)) {
      const used = inUse?.loaded.hash
      const entries = await logOf(network, storage, maxEntries)
      const current = entries.findIndex(({ hash }) => hash === used)
      all.push(...entries.map((entry, at) => ({ ...entry, network, isInForce: at === current })))
    }
    return all.sort((a, b) => b.at - a.at || byName(a.network, b.network))
  })
  if (flags.json === true) {
    terminal.out(rows.map(row => `${JSON.stringify({ ...row, at: new Date(row.at).toISOString() })}\n`).join(''))
  } else
    terminal.out(
      renderTable(columns, rows, terminal.width, terminal.paint)
        .map(line => `${line}\n`)
        .join(''),
    )
  return exitStatus.success
}

interface Row extends ConfigEvent {
  readonly network: string
  readonly isInForce: boolean
}

const columns = [
  { title: 'TIME', text: ({ at }: Row) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` },
  { title: 'NETWORK', text: ({ network }: Row) => network },
  { title: 'WHAT', text: ({ what }: Row) => what },
  { title: 'CONFIGURATION', text: ({ hash }: Row) => shortHash(hash) },
  { title: 'BY', text: ({ by }: Row) => by },
  { title: '', text: ({ isInForce }: Row) => (isInForce ? 'in force' : '') },
  {
    title: 'COMMENT',
    text: ({ comment, setAside }: Row) =>
      setAside === undefined ? comment : `set ${shortHash(setAside.hash)} of ${setAside.by} aside`,
  },
]

/** `edgemanage config diff`: the folder against what is in force. */
export async function configDiff(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const snapshot = folderSnapshot(flags, env)
  const found = await withStorage(storageAt(place, env), true, async storage => {
    const kept = await networksKept(storage)
    const names =
      flags.dnet === undefined ? [...new Set([...kept, ...namesOf(snapshot.configuration)])].sort(byName) : [flags.dnet]
    const all: { network: string; differences: FileDifference[]; hash: string | null }[] = []
    for (const network of names) {
      const standing = await inForceOf(network, storage, place)
      const differences = await differencesOf(snapshot, standing, storage)
      all.push({ network, differences, hash: standing.inUse?.loaded.hash ?? null })
    }
    return all
  })
  const shown = found.map(({ network, differences, hash }) =>
    flags.json === true
      ? `${JSON.stringify({ network, inForce: hash, files: differences })}\n`
      : renderDifferences(network, hash, differences, terminal.paint),
  )
  terminal.out(shown.join(''))
  return exitStatus.success
}

const marks = { added: ['green', '+'], changed: ['yellow', '~'], removed: ['red', '-'] } as const

function renderDifferences(network: string, hash: string | null, differences: FileDifference[], paint: Paint): string {
  const against = hash === null ? 'nothing is in force' : `against ${shortHash(hash)}`
  if (differences.length === 0) return `${paint('bold', network)}: the folder is what is in force\n`
  const rows = differences.flatMap(({ path, action, before, after }) => {
    const [style, mark] = marks[action]
    return [`  ${paint(style, mark)} ${path}`, ...hunks(before, after).map(line => `      ${painted(line, paint)}`)]
  })
  const count = `${differences.length} ${differences.length === 1 ? 'file differs' : 'files differ'}`
  return `${paint('bold', network)}, ${against}: ${count}\n${rows.map(row => `${row}\n`).join('')}`
}

function hunks(before: string | null, after: string | null): string[] {
  if (before === null && after === null) return []
  const patch = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, { context: 2 })
  return patch.hunks.flatMap((hunk, at) => [
    ...(at > 0 ? ['…'] : []),
    ...hunk.lines.filter(line => !line.startsWith('\\')),
  ])
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line)
  return line.startsWith('-') ? paint('red', line) : paint('dim', line)
}
