import type { CallOut } from '../../cycle/ports/ports.ts'

/**
 * Fetches a URL, or posts JSON to it, with one request: redirects are not followed. Any answer of 2xx is success. The message
 * of a failure names no URL.
 */
export const callOut: CallOut = async (url, body, signal) => {
  const { username, password } = new URL(url)
  const headers: Record<string, string> = { 'User-Agent': 'edgemanage' }
  if (body !== null) headers['Content-Type'] = 'application/json'
  // The platform's fetch takes no names and passwords in URLs.
  if (username !== '' || password !== '') {
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    headers.Authorization = `Basic ${Buffer.from(login).toString('base64')}`
  }
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  const answer = await ask(plain, {
    method: body === null ? 'GET' : 'POST',
    body,
    headers,
    signal,
    redirect: 'manual',
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`it answered ${answer.status}`)
}

async function ask(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } }
    throw new Error(typeof cause?.code === 'string' ? `it cannot be reached (${cause.code})` : 'it cannot be reached', {
      cause: error,
    })
  }
}
