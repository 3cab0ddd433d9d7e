import { Resolver } from 'node:dns'

/** A query is sent again after so long, then after twice that, and so on; the deadline of whoever asks comes first. */
const firstTryMs = 1000
const tries = 5
/** The machine's name servers are read anew after so long. */
const freshMs = 5000

export type RecordType = 'A' | 'AAAA'

/** Addresses as they were answered, or the error's code. */
export type DnsAnswer = { readonly addresses: readonly string[] } | { readonly error: string }

/** Asks for the records of a full name, without search domains. The answer may never come. */
export type Ask = (name: string, type: RecordType) => Promise<DnsAnswer>

export interface SharedResolver {
  /** Someone begins to ask; to be called once it wants no more answers: `release`, any number of times. */
  readonly open: () => { readonly ask: Ask; readonly release: () => void }
}

/**
 * One DNS client for all names that are looked up at a time, apart from the thread pool of the process (behaviour §1.3).
 * As soon as nobody wants an answer any more, what is still open is cancelled, so that nothing keeps the process alive.
 * `servers`: instead of the machine's, as `address` or `address:port`.
 */
export function createSharedResolver(servers: readonly string[] | undefined): SharedResolver {
  let resolver: Resolver | null = null
  let madeAt = 0
  let users = 0
  const current = () => {
    if (resolver === null || (users === 0 && performance.now() - madeAt > freshMs)) {
      resolver = new Resolver({ timeout: firstTryMs, tries })
      if (servers !== undefined) resolver.setServers(servers)
      madeAt = performance.now()
    }
    return resolver
  }
  const open = () => {
    const mine = current()
    users++
    let isOpen = true
    const release = () => {
      if (!isOpen) return
      isOpen = false
      users--
      if (users === 0) mine.cancel()
    }
    return { ask: (name: string, type: RecordType) => query(mine, name, type), release }
  }
  return { open }
}

function query(resolver: Resolver, name: string, type: RecordType): Promise<DnsAnswer> {
  return new Promise(resolve => {
    const done = (error: NodeJS.ErrnoException | null, addresses: readonly string[]) =>
      resolve(error === null ? { addresses } : { error: error.code ?? error.message })
    if (type === 'A') resolver.resolve4(name, done)
    else resolver.resolve6(name, done)
  })
}
