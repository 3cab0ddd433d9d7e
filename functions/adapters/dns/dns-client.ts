import { Resolver } from 'node:dns'

/** A query is sent again after so long, then after twice that, and so on; the deadline of whoever asks comes first. */
const firstTryMs = 500
const tries = 6
/** A name server that has not answered by then is not waited for: the next one is asked as well. */
const nextServerMs = 500
/** The machine's name servers are read anew after so long. */
const freshMs = 5000

export type RecordType = 'A' | 'AAAA'

/** Addresses as they were answered, or the error's code. */
export type DnsAnswer = { readonly addresses: readonly string[] } | { readonly error: string }

/** Someone who asks. */
export interface DnsSession {
  /** Asks for the records of a full name, without search domains. Never rejects; stays open where `release` comes first. */
  readonly ask: (name: string, type: RecordType) => Promise<DnsAnswer>
  /** No answer is wanted any more. To be called in the end, any number of times. */
  readonly release: () => void
}

/** Begins to ask. Throws where the machine gives no DNS client. */
export type OpenSession = () => DnsSession

/** What is shared by all who ask at a time: one client per name server, so that one server's trouble is not another's. */
interface Clients {
  readonly resolvers: readonly Resolver[]
  readonly madeAt: number
  users: number
}

/**
 * DNS clients for all names that are looked up at a time, apart from the thread pool of the process (behaviour §1.3): one
 * socket per name server, however many names hang. As soon as nobody wants an answer any more, what is still open is
 * cancelled, so that nothing keeps the process alive. `servers`: instead of the machine's, `address` or `address:port`.
 */
export function createDnsClient(servers?: readonly string[]): OpenSession {
  let clients: Clients | null = null
  const current = () => {
    const isOld = clients?.users === 0 && performance.now() - clients.madeAt > freshMs
    if (clients === null || isOld) {
      clients = { resolvers: resolversFor(servers), madeAt: performance.now(), users: 0 }
    }
    return clients
  }
  return () => {
    const mine = current()
    mine.users++
    const over = new AbortController()
    const release = () => {
      if (over.signal.aborted) return
      over.abort()
      mine.users--
      if (mine.users === 0) for (const resolver of mine.resolvers) resolver.cancel()
    }
    return { ask: (name, type) => askInTurn(mine.resolvers, name, type, over.signal), release }
  }
}

function resolversFor(servers: readonly string[] | undefined): Resolver[] {
  const whole = new Resolver({ timeout: firstTryMs, tries })
  const found = servers ?? whole.getServers()
  // Node cannot name the interface of a link-local name server: only the client that the system configured reaches it.
  if (servers === undefined && found.some(server => /^\[?fe[89ab]/i.test(server))) return [whole]
  // Without this, one that is alone on 127.0.0.1 and refuses a query makes Node give up all others under way.
  const isDefault = found.length === 1 && found[0] === '127.0.0.1'
  if (servers === undefined && found.length < 2 && !isDefault) return [whole]
  return found.map(server => {
    const resolver = new Resolver({ timeout: firstTryMs, tries })
    resolver.setServers([server])
    return resolver
  })
}

/** Answers that are the name's, and not the trouble of a server that another one may not have. */
const finalErrors: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

function isFinal(answer: DnsAnswer): boolean {
  return !('error' in answer) || finalErrors.has(answer.error)
}

/** Asks the servers in their order, each as soon as those before it failed or are late; the first to know the name wins. */
function askInTurn(
  resolvers: readonly Resolver[],
  name: string,
  type: RecordType,
  over: AbortSignal,
): Promise<DnsAnswer> {
  return new Promise(resolve => {
    let asked = 0
    let failed = 0
    let timer: NodeJS.Timeout | undefined
    over.addEventListener('abort', () => clearTimeout(timer), { once: true })
    const settle = (answer: DnsAnswer) => {
      clearTimeout(timer)
      asked = resolvers.length
      resolve(answer)
    }
    const askNext = () => {
      clearTimeout(timer)
      const resolver = resolvers[asked]
      if (resolver === undefined || over.aborted) return
      asked++
      if (asked < resolvers.length) timer = setTimeout(askNext, nextServerMs)
      void query(resolver, name, type).then(answer => {
        if (over.aborted) return
        failed++
        if (isFinal(answer) || failed === resolvers.length) settle(answer)
        else askNext()
      })
    }
    askNext()
  })
}

function query(resolver: Resolver, name: string, type: RecordType): Promise<DnsAnswer> {
  return new Promise(resolve => {
    const done = (error: NodeJS.ErrnoException | null, addresses: readonly string[]) =>
      resolve(error === null ? { addresses } : { error: error.code ?? error.message })
    if (type === 'A') resolver.resolve4(name, done)
    else resolver.resolve6(name, done)
  })
}
