/** Characters. */
export const maxUri = 8_000
/** Blanks, control characters, what is not ASCII, and what else RFC 3986 leaves out; square brackets are in use everywhere. */
const unfit = /[^\x21-\x7e]|["<>\\^`{|}]/u

/** Why this cannot be asked of a server as it stands (a path, with or without a query); null if it can. */
export function checkUri(uri: string): string | null {
  if (!uri.startsWith('/')) return 'must begin with /'
  if (uri.startsWith('//')) return 'must begin with one /: what follows two is read as the name of a host'
  if (uri.length > maxUri) return `is longer than ${maxUri} characters`
  const fragment = uri.indexOf('#')
  if (fragment >= 0)
    return `'${uri.slice(fragment)}' is a fragment, which is not sent to servers: leave it out (a # itself is written %23)`
  const character = unfit.exec(uri)?.[0]
  if (character !== undefined) return `'${character}' must be written as ${percent(character)}`
  const faulty = /%(?![0-9a-f]{2})/i.exec(uri)
  return faulty === null
    ? null
    : `'${uri.slice(faulty.index, faulty.index + 3)}' is not an escape (a % itself is written %25)`
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map(octet => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
