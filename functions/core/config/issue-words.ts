const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'an empty value',
}
const limits: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
}

/** What a schema says of a value (in the library's words), as a person would put it; other messages stay as they are. */
export function issueWords(message: string): string {
  const [, wanted, given] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? []
  if (wanted === 'int' && given === 'number') return 'expected a whole number'
  if (wanted !== undefined && given !== undefined) return `expected ${kindWords(wanted)}, not ${kindWords(given)}`
  const [, kind, sign, limit] = /^Too (?:small|big): expected (\w+) to (?:be|have) ([<>]=?)(\S+)/.exec(message) ?? []
  if (sign !== undefined) return limitWords(String(kind), `${limits[sign]} ${limit}`, limit === '1')
  const [, options] = /^Invalid option: expected one of (.+)$/.exec(message) ?? []
  if (options !== undefined) return `must be ${options.replaceAll('"', '').split('|').join(' or ')}`
  return message.replace(/^Invalid number: /, '').replace(/^Invalid email address$/, 'is not a valid email address')
}

function kindWords(kind: string): string {
  return kinds[kind] ?? kind
}

function limitWords(kind: string, limit: string, isOne: boolean): string {
  if (kind === 'array') return `must have ${limit} ${isOne ? 'entry' : 'entries'}`
  if (kind === 'string') return limit === 'at least 1' ? 'must not be empty' : `must have ${limit} characters`
  return `must be ${limit}`
}
