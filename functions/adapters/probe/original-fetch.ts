import { createHash } from 'node:crypto'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, isIPv6, type LookupFunction } from 'node:net'
import type { Request } from '../../cycle/ports/request.ts'

/** A fetch in the manner of the original: seconds until the headers of the last answer, or why it failed. */
export type OriginalFetch = { readonly seconds: number } | { readonly failed: string }

const timeoutMs = 10_000
/** The original had no limit for a whole fetch; nobody waits for one here. */
const maxMs = 30_000
const maxRedirects = 30
const maxBytes = 16 * 1024 * 1024

/**
 * Fetches the test object as the original did, for comparison: redirects are followed (those to `request.host` stay on
 * `address`), any status below 400 is good, and what counts is the time until the headers of the last answer. Never
 * rejects; ends within half a minute.
 */
export async function fetchAsOriginal(address: string, request: Request): Promise<OriginalFetch> {
  const deadline = AbortSignal.timeout(maxMs)
  const host = isIPv6(request.host) ? `[${request.host}]` : request.host
  try {
    let url = new URL(request.uri, `${request.proto}://${host}:${request.port}`)
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const answer = await fetchOnce(url, address, request, deadline)
      if (answer.location === null) return outcomeOf(answer, request)
      url = new URL(answer.location, url)
    }
    return { failed: `more than ${maxRedirects} redirects` }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { failed: code ?? message }
  }
}

interface Answer {
  readonly status: number
  readonly location: string | null
  readonly seconds: number
  readonly sha256: string
}

function outcomeOf({ status, seconds, sha256 }: Answer, request: Request): OriginalFetch {
  if (status >= 400) return { failed: `status ${status}` }
  return sha256 === request.sha256 ? { seconds } : { failed: 'other content than the local copy' }
}

async function fetchOnce(url: URL, address: string, request: Request, signal: AbortSignal): Promise<Answer> {
  const isOurs = url.hostname.replace(/^\[|\]$/g, '') === request.host
  const started = performance.now()
  const answer = await headersOf(url, isOurs ? address : null, request.verify, signal)
  const seconds = (performance.now() - started) / 1000
  const status = answer.statusCode ?? 0
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length
    if (bytes > maxBytes) throw new Error('a body that is too long')
    hash.update(chunk as Buffer)
  }
  const isRedirect = [301, 302, 303, 307, 308].includes(status)
  return { status, location: (isRedirect && answer.headers.location) || null, seconds, sha256: hash.digest('hex') }
}

function headersOf(url: URL, address: string | null, verify: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_host, options, callback) => {
    const family = isIP(String(address))
    if (options.all) callback(null, [{ address: String(address), family }])
    else callback(null, String(address), family)
  }
  // An address in the URL is not looked up: the connection is led to the edge all the same.
  const there = address === null ? {} : isIP(url.hostname.replace(/^\[|\]$/g, '')) ? { host: address } : { lookup }
  const options = {
    agent: false,
    signal,
    timeout: timeoutMs,
    headers: { host: url.host, 'accept-encoding': 'identity' },
  }
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === 'https:'
        ? https.get(url, { ...options, ...there, rejectUnauthorized: verify })
        : http.get(url, { ...options, ...there })
    sent.once('response', resolve)
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    sent.on('error', reject)
  })
}
