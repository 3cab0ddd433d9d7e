import { structuredPatch } from 'diff'
import { isFree } from '../../adapters/files/new-folder.ts'
import { type FileDifference, folderDifferences } from '../../app/configuration/difference.ts'
import { pullInto } from '../../app/configuration/pull.ts'
import { logOf } from '../../app/configuration/rollback.ts'
import { folderSnapshot } from '../../app/configuration/site.ts'
import { standings } from '../../app/configuration/standings.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { ConfigEvent } from '../../core/config/pointer.ts'
import { shortHash } from '../../core/config/taking.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { byName } from '../../core/domain/model.ts'
import { counted } from '../../core/domain/printable.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import { painted } from '../output/plan.ts'
import { renderTable } from '../output/table.ts'
import type { Paint, Terminal } from '../output/terminal.ts'

/** This many entries are listed for each network. */
const maxEntries = 1_000

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
    pullInto(folder, await standings(flags, storage, place), storage),
  )
  for (const path of pulled.outside) terminal.err(`edgemanage: ${path} is outside of the folder and was left out\n`)
  if (!pulled.isVerbatim)
    terminal.err('edgemanage: edgemanage.yaml is put together from several pushes: comments are lost\n')
  for (const name of pulled.templates)
    terminal.err(`edgemanage: templates/${name} differs from the one of this version\n`)
  terminal.err(`edgemanage: wrote ${counted(pulled.files.length, 'file')} to ${folder}\n`)
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
  { title: 'TIME', text: ({ at }: Row) => utcWords(at) },
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
  const found = await withStorage(storageAt(place, env), true, storage =>
    folderDifferences(snapshot, flags.dnet, storage, place),
  )
  const shown = found.map(({ network, files, inForce }) =>
    flags.json === true
      ? `${JSON.stringify({ network, inForce, files })}\n`
      : renderDifferences(network, inForce, files, terminal.paint),
  )
  terminal.out(shown.join(''))
  return exitStatus.success
}

const marks = { added: ['green', '+'], changed: ['yellow', '~'], removed: ['red', '-'] } as const

function renderDifferences(
  network: string,
  hash: string | null,
  differences: readonly FileDifference[],
  paint: Paint,
): string {
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
