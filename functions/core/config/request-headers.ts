import * as z from 'zod'

/** Headers that are the probe's own business: what they say decides how the request or its answer is read. */
const ownNames = [
  ...['accept-encoding', 'connection', 'content-length', 'content-encoding', 'expect', 'host', 'http2-settings'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'keep-alive'],
  ...['proxy-connection', 'range', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]

/** Bytes of all headers together: servers take no more than 8 KB of a request. */
const maxTotalLength = 4096

/** Why a name may not be sent as a header's; null if it may (RFC 9110 §5.1). */
function checkHeaderName(name: string): string | null {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'is not a valid header name'
  return ownNames.includes(name.toLowerCase()) ? 'is set by the probe itself and cannot be changed' : null
}

/** Why a value may not be sent; null if it may. Never repeats the value, which may be a secret. */
function checkHeaderValue(value: string): string | null {
  if (!/^[\x20-\x7e\t]*$/.test(value)) return 'may hold printable ASCII characters only'
  return value.trim() === value ? null : 'must not begin or end with a blank'
}

/** `testobject.headers` (behaviour §14.4): by name, sent with every probe. No message holds a value. */
export const requestHeaders = z.record(z.string(), z.string()).superRefine((headers, context) => {
  const names = Object.keys(headers)
  const complain = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  for (const [at, name] of names.entries()) {
    const why = checkHeaderName(name)
    if (why !== null) complain(name, `'${name}' ${why}`)
    const isTwice = names.findIndex(other => other.toLowerCase() === name.toLowerCase()) < at
    if (isTwice) complain(name, `'${name}' is listed twice: upper and lower case are the same here`)
    const wrong = checkHeaderValue(String(headers[name]))
    if (wrong !== null) complain(name, `its value ${wrong}`)
  }
  const total = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  if (total > maxTotalLength)
    context.addIssue({ code: 'custom', message: `is longer than ${maxTotalLength} bytes altogether` })
})
