import { createHash, type Hash } from 'node:crypto'
import { messageOf } from '../domain/message.ts'
import { productVersion } from '../domain/version.ts'
import { sealed, unsealed } from './compiled.ts'
import type { BundleName } from './pointer.ts'
import type { Problem } from './problem.ts'
import type { ConfigSource } from './source.ts'

/** The form of what is kept; another one is not read. */
const form = 1

/** A folder with its templates. */
export interface Sources {
  readonly source: ConfigSource
  readonly templates: ConfigSource
}

/** A question to a folder: `list`, `read` or `outside`, of the folder itself or (`t`) of its templates; and about which path. */
type Question = readonly [ask: 'list' | 'read' | 'outside' | 't-list' | 't-read', path: string]

/** All that was asked of a folder to check it, and the SHA-256 of all answers. */
export interface Trace {
  readonly questions: readonly Question[]
  readonly digest: string
}

/** The verdict on a folder without errors that stop cycles: it holds while the folder gives the same answers. */
export interface FolderMemo {
  readonly trace: Trace
  /** By network: the hash of its bundle. */
  readonly networks: ReadonlyMap<string, BundleName>
  readonly problems: readonly Problem[]
}

/** The same sources; `trace` gives all that was asked of them until then. */
export function traced({ source, templates }: Sources): Sources & { readonly trace: () => Trace } {
  const questions: Question[] = []
  const hash = createHash('sha256')
  const noted =
    <T extends Answer>(ask: Question[0], work: (path: string) => T) =>
    (path: string): T => {
      questions.push([ask, path])
      return hashed(hash, () => work(path))
    }
  const { outside } = source
  return {
    source: {
      list: noted('list', source.list),
      read: noted('read', source.read),
      ...(outside === undefined ? {} : { outside: noted('outside', outside) }),
    },
    templates: { list: noted('t-list', templates.list), read: noted('t-read', templates.read) },
    trace: () => ({ questions, digest: hash.copy().digest('hex') }),
  }
}

/** Whether these sources answer all that was asked as they did then. */
export function isUnchanged({ questions, digest }: Trace, { source, templates }: Sources): boolean {
  const hash = createHash('sha256')
  const answers = {
    list: source.list,
    read: source.read,
    outside: (path: string) => source.outside?.(path) ?? null,
    't-list': templates.list,
    't-read': templates.read,
  } satisfies Record<Question[0], (path: string) => Answer>
  for (const [ask, path] of questions) {
    try {
      hashed<Answer>(hash, () => answers[ask](path))
    } catch {
      // That it cannot be read is an answer, too.
    }
  }
  return hash.digest('hex') === digest
}

type Answer = Uint8Array | readonly string[] | string | null

/** What `work` gives or throws, which goes into the hash. */
function hashed<T extends Answer>(hash: Hash, work: () => T): T {
  try {
    const answer = work()
    note(hash, answer)
    return answer
  } catch (error) {
    note(hash, `cannot: ${messageOf(error)}`)
    throw error
  }
}

function note(hash: Hash, answer: Answer): void {
  if (answer instanceof Uint8Array) {
    hash.update(`bytes ${answer.length}\n`)
    hash.update(answer)
    return
  }
  // In what order a folder is listed does not matter.
  const text = JSON.stringify(Array.isArray(answer) ? [...answer].sort() : answer)
  hash.update(`${text.length} ${text}\n`)
}

/** The name under which the verdict on a folder is kept; `path` is absolute. */
export function memoName(path: string): string {
  return `folder-${createHash('sha256').update(path).digest('hex').slice(0, 32)}-${productVersion}`
}

/** A verdict as a text. */
export function memoText({ trace, networks, problems }: FolderMemo): string {
  return sealed(JSON.stringify({ form, version: productVersion, trace, networks: [...networks], problems }))
}

/** The verdict in a text that `memoText` gave; null where it is damaged, or was found by another version of the product. */
export function readMemo(text: string | null): FolderMemo | null {
  const inside = text === null ? null : unsealed(text)
  if (inside === null) return null
  const found = JSON.parse(inside)
  if (found.form !== form || found.version !== productVersion) return null
  return { trace: found.trace, networks: new Map(found.networks), problems: found.problems }
}
