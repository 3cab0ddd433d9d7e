import type { Fault, TextForm } from './setting-kinds.ts'

/** Headers that are the probe's own business: what they say decides how the request or its answer is read. */
const ownNames = [
  ...['accept-encoding', 'connection', 'content-length', 'content-encoding', 'expect', 'host', 'http2-settings'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'keep-alive'],
  ...['proxy-connection', 'range', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]

/** Bytes of all headers together: servers take no more than 8 KB of a request. */
const maxTotalLength = 4096

/** Why a name must not be sent as a header's; null if it may (RFC 9110 §5.1). */
function checkHeaderName(name: string): string | null {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'is not a valid header name'
  return ownNames.includes(name.toLowerCase()) ? 'is set by the probe itself and cannot be changed' : null
}

/** Why a value must not be sent; null if it may. Never repeats the value, which may be a secret. */
function checkHeaderValue(value: string): string | null {
  if (!/^[\x20-\x7e\t]*$/.test(value)) return 'may contain only printable ASCII characters'
  return value.trim() === value ? null : 'must not begin or end with a blank'
}

/** For editors: what a name, and what a value may be made of. */
export const headerNamePattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"
export const headerValue: TextForm = {
  kind: 'text',
  noun: 'text',
  pattern: '^(?:[!-~](?:[ -~\\t]*[!-~])?)?$',
}

/** What is wrong with `testobject.headers` (behaviour §14.4), by name. No message holds a value. */
export function headerFaults(headers: Readonly<Record<string, string>>): Fault[] {
  const names = Object.keys(headers)
  const faults = names.flatMap((name, at) => faultsOfHeader(name, String(headers[name]), names.slice(0, at)))
  const total = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return total > maxTotalLength ? [...faults, { message: `is longer than ${maxTotalLength} bytes altogether` }] : faults
}

function faultsOfHeader(name: string, value: string, before: readonly string[]): Fault[] {
  const why = checkHeaderName(name)
  const isTwice = before.some(other => other.toLowerCase() === name.toLowerCase())
  const wrong = checkHeaderValue(value)
  const messages = [
    ...(why === null ? [] : [`'${name}' ${why}`]),
    ...(isTwice ? [`'${name}' is listed twice: upper and lower case are the same here`] : []),
    ...(wrong === null ? [] : [`its value ${wrong}`]),
  ]
  return messages.map(message => ({ path: [name], message }))
}
