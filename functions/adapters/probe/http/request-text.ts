import type { Request } from '../../../cycle/ports/request.ts'
import { hostHeader } from './host-header.ts'

type Asked = Pick<Request, 'proto' | 'host' | 'port' | 'uri'> & { readonly headers?: Readonly<Record<string, string>> }

/** Sent unless the test object's own headers say otherwise. */
const defaultHeaders: Readonly<Record<string, string>> = { Accept: '*/*', 'User-Agent': 'edgemanage' }

const texts = new WeakMap<Asked, string>()

/**
 * The request as it goes over the wire (behaviour §1.2, §1.6, §14.4): the same for every edge of a cycle, so it is put
 * into words once. Throws where that cannot be done (a URI with a line break); the error does not hold a header's value.
 */
export function requestText(request: Asked): string {
  const known = texts.get(request)
  if (known !== undefined) return known
  const text = inWords(request)
  texts.set(request, text)
  return text
}

function inWords(request: Asked): string {
  const { uri, headers = {} } = request
  if (!/^[\x21-\x7e\x80-\xff]+$/.test(uri))
    throw new Error('the path of the request holds characters that cannot be sent')
  const own = new Set(Object.keys(headers).map(name => name.toLowerCase()))
  const usual = Object.entries(defaultHeaders).filter(([name]) => !own.has(name.toLowerCase()))
  const lines = [
    `GET ${uri} HTTP/1.1`,
    `Host: ${hostHeader(request)}`,
    'Accept-Encoding: identity',
    'Connection: close',
    ...[...usual, ...Object.entries(headers)].map(headerLine),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function headerLine([name, value]: [string, string]): string {
  if (/[\r\n\0:]/.test(name) || /[\r\n\0]/.test(value))
    throw new Error(`the header ${JSON.stringify(name)} cannot be sent`)
  return `${name}: ${value}`
}
