import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { makeFolder } from '../../adapters/files/make-folder.ts'
import { isFree, removeNewFiles, writeNewFiles } from '../../adapters/files/new-folder.ts'
import { openConfiguration } from '../../app/choose-network.ts'
import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { type NewConfiguration, newConfiguration, newObjectPath } from '../../core/config/new-configuration.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { canAsk, type Dialogue } from '../input/ask.ts'
import type { Terminal } from '../output/terminal.ts'

export interface InitFlags extends NetworkFlags {
  readonly network?: string
  readonly host?: string
  readonly edge?: readonly string[]
  readonly zone?: readonly string[]
  readonly ns?: readonly string[]
  readonly mailbox?: string
  readonly proto: string
  readonly uri: string
  readonly object?: string
  readonly goodenough: number
  readonly edgeCount?: number
}

/** What has no default: the flag, the question, and an example. */
const questions = [
  { key: 'network', flag: '--network', question: 'Name of the network', example: 'mynet' },
  { key: 'host', flag: '--host', question: 'Name under which the edges serve the site', example: 'www.example.org' },
  { key: 'edge', flag: '--edge', question: 'Edges, separated by blanks', example: '192.0.2.1 192.0.2.2' },
  { key: 'zone', flag: '--zone', question: 'Zones to publish', example: 'example.org' },
  { key: 'ns', flag: '--ns', question: 'Name servers of the zones', example: 'ns1.example.net ns2.example.net' },
  {
    key: 'mailbox',
    flag: '--mailbox',
    question: 'Mailbox of the zones, a dot for the @',
    example: 'hostmaster.example.net',
  },
] as const

type Asked = Record<(typeof questions)[number]['key'], readonly string[]>

/** `edgemanage init DIR`: a configuration folder that validates, from flags or from answers to questions. */
export async function init(
  folder: string,
  flags: InitFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
  dialogue: Dialogue = process,
): Promise<number> {
  if (!isFree(folder)) throw new UsageError(`${folder} is not empty`)
  const answers = answersOf(flags, await askMissing(flags, env, dialogue))
  const object = await objectOf(flags, answers)
  const files = new Map<string, Uint8Array>([
    ...[...newConfiguration(answers)].map(([path, text]) => [path, Buffer.from(text)] as const),
    [newObjectPath, object],
  ])
  if ([...files.keys()].some(path => path.split('/').some(part => part === '' || part === '..'))) {
    throw new UsageError('names of networks and zones must not lead out of the folder')
  }
  await writeNewFiles(folder, files)
  const { problems, networks } = openConfiguration(folder)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || networks.length === 0) {
    await removeNewFiles(folder, files)
    throw new ConfigurationFault(folder, problems)
  }
  if (flags.local !== undefined) await makeFolder(flags.local, 'umask')
  for (const problem of problems) terminal.err(`${formatProblem(problem)}\n`)
  if (flags.json === true) terminal.out(`${JSON.stringify([...files.keys()])}\n`)
  else terminal.out(nextSteps(folder, flags, answers))
  return exitStatus.success
}

async function askMissing(flags: InitFlags, env: NodeJS.ProcessEnv, dialogue: Dialogue): Promise<Asked> {
  const network = flags.network ?? flags.dnet ?? (env.EDGEMANAGE_NETWORK || undefined)
  const { host, edge, zone, ns, mailbox } = flags
  const given = { network, host, edge, zone, ns, mailbox }
  const missing = questions.filter(({ key }) => given[key] === undefined)
  if (missing.length > 0 && !canAsk(dialogue)) {
    throw new UsageError(`not a terminal: pass ${missing.map(({ flag }) => flag).join(', ')}`)
  }
  const asked = Object.fromEntries(questions.map(({ key }) => [key, [given[key] ?? []].flat()]))
  if (missing.length > 0) {
    const lines = createInterface({ input: dialogue.stdin, output: dialogue.stderr })
    try {
      for (const { key, question, example } of missing) {
        let words: string[] = []
        while (words.length === 0) {
          words = (await lines.question(`${question} (such as ${example}): `))
            .split(/[\s,]+/)
            .filter(word => word !== '')
        }
        asked[key] = words
      }
    } finally {
      lines.close()
    }
  }
  return asked as unknown as Asked
}

function answersOf({ proto, uri, goodenough, edgeCount }: InitFlags, asked: Asked): NewConfiguration {
  const { network, host, edge: edges, zone: zones, ns: nameServers, mailbox } = asked
  const [one, name, box] = [network[0] ?? '', host[0] ?? '', mailbox[0] ?? '']
  const count = edgeCount ?? Math.min(2, edges.length)
  return {
    network: one,
    host: name,
    edges,
    zones,
    nameServers,
    mailbox: box.replace('@', '.'),
    proto,
    uri,
    goodenough,
    edgeCount: count,
  }
}

async function objectOf({ object }: InitFlags, { host }: NewConfiguration): Promise<Uint8Array> {
  if (object === undefined) return Buffer.from(`This file tells edgemanage that ${host} is served from here.\n`)
  try {
    return await readFile(object)
  } catch (error) {
    throw new UsageError(`--object ${object} cannot be read: ${(error as Error).message}`)
  }
}

function nextSteps(folder: string, { local = 'state' }: InitFlags, { proto, host, uri }: NewConfiguration): string {
  return `${folder} is ready. Next:
  1. Serve ${folder}/${newObjectPath} on every edge, as ${proto}://${host}${uri}
  2. See what a cycle would do:  edgemanage manage -c ${folder} --local ${local} --dry-run
  3. Run cycles:                 edgemanage manage -c ${folder} --local ${local} --every 60
`
}
