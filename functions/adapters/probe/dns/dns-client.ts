import { isIP } from 'node:net'
import type { DnsAnswer, RecordType } from './message.ts'
import { createNameServer, type NameServer } from './name-server.ts'
import type { Server } from './server.ts'

/** A name server that has not answered by then is not waited for: the next one is asked as well. */
const nextServerMs = 500
/** After which pause name servers that all failed are asked again, and how many rounds there are in all. */
const nextRoundMs = 300
const rounds = 2
const dnsPort = 53

/** Someone who asks. */
export interface DnsSession {
  /** Asks for the records of a full name, without search domains. Never rejects; stays open where `release` comes first. */
  readonly ask: (name: string, type: RecordType) => Promise<DnsAnswer>
  /** No answer is wanted any more. To be called in the end, any number of times. */
  readonly release: () => void
}

/** Begins to ask. */
export type OpenSession = () => DnsSession

/**
 * A DNS client for all names that are looked up at a time, apart from the thread pool of the process (behaviour §1.3): one
 * socket per name server, however many names hang, closed as soon as nobody wants an answer any more. Node's own client
 * will not do: it takes a socket per name that hangs, and lets the others wait with it. `serversNow` gives the name
 * servers, as `address`, `address:port` or `[address]:port`.
 */
export function createDnsClient(serversNow: () => readonly string[]): OpenSession {
  let servers: readonly NameServer[] = []
  let users = 0
  return () => {
    if (users === 0)
      servers = serversNow()
        .flatMap(text => serverOf(text) ?? [])
        .map(createNameServer)
    const mine = servers
    users++
    const over = new AbortController()
    const release = () => {
      if (over.signal.aborted) return
      over.abort()
      users--
      if (users === 0) for (const server of mine) server.close()
    }
    return { ask: (name, type) => askInTurn(mine, name, type, over.signal), release }
  }
}

function serverOf(text: string): Server | null {
  if (isIP(text) !== 0) return { address: text, port: dnsPort }
  const [, address = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(text) ?? []
  return isIP(address) === 0 ? null : { address, port: Number(port) }
}

/** Answers that are the name's, and not the trouble of a server that another one may not have. */
const finalErrors: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

function isFinal(answer: DnsAnswer): boolean {
  return !('error' in answer) || finalErrors.has(answer.error)
}

/**
 * Asks the servers in their order, each as soon as those before it failed or are late; the first to know the name wins.
 * Where all of them failed they are asked once more, as a name server that restarts refuses for a moment.
 */
function askInTurn(
  servers: readonly NameServer[],
  name: string,
  type: RecordType,
  over: AbortSignal,
): Promise<DnsAnswer> {
  return new Promise(resolve => {
    const done = new AbortController()
    const signal = AbortSignal.any([over, done.signal])
    let asked = 0
    let failed = 0
    let timer: NodeJS.Timeout | undefined
    const settle = (answer: DnsAnswer) => {
      clearTimeout(timer)
      done.abort()
      resolve(answer)
    }
    const isRoundOver = () => asked % servers.length === 0
    const askNext = () => {
      clearTimeout(timer)
      const server = servers[asked % servers.length]
      if (server === undefined || signal.aborted || asked === rounds * servers.length) return
      asked++
      if (!isRoundOver()) timer = setTimeout(askNext, nextServerMs)
      void server.ask(name, type, signal).then(answer => {
        if (signal.aborted) return
        failed++
        if (isFinal(answer) || failed === rounds * servers.length) settle(answer)
        else if (!isRoundOver()) askNext()
        else if (failed === asked) timer = setTimeout(askNext, nextRoundMs)
      })
    }
    over.addEventListener('abort', () => clearTimeout(timer), { once: true })
    if (servers.length === 0) settle({ error: 'ECONNREFUSED' })
    else askNext()
  })
}
