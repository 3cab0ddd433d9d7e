/** Checks extended regular expressions (POSIX) as strictly and as leniently as BIND does. */
interface Reading {
  readonly text: string
  at: number
  groups: number
  open: number
  hasAtom: boolean
  isRepeated: boolean
  mayBeEmpty: boolean
}

const classes = /^:(alnum|digit|punct|alpha|graph|space|blank|lower|upper|cntrl|print|xdigit)$/
const maxRepeats = 255

/** How many groups an expression has; null for what is not an expression. */
export function groupsOf(text: string): number | null {
  const reading: Reading = {
    text,
    at: 0,
    groups: 0,
    open: 0,
    hasAtom: false,
    isRepeated: false,
    mayBeEmpty: false,
  }
  while (reading.at < text.length) if (!readPiece(reading)) return null
  return reading.open === 0 && reading.hasAtom ? reading.groups : null
}

function readPiece(reading: Reading): boolean {
  const { text, at } = reading
  const character = text[at] as string
  reading.at++
  if (character === '\\') return readEscape(reading)
  if (character === '[') return readBracket(reading)
  if (character === '{' && /\d/.test(text[at + 1] ?? '')) return readBound(reading)
  if (character === '(') return openGroup(reading)
  if (character === ')') return closeGroup(reading)
  if (character === '|') {
    if (!reading.hasAtom) return false
    return atom(reading, { hasAtom: false, mayBeEmpty: false })
  }
  if (character === '^' || character === '$') return atom(reading, { isRepeated: true })
  if ('+*?'.includes(character)) {
    if (reading.isRepeated || !reading.hasAtom) return false
    return atom(reading, { isRepeated: true })
  }
  return atom(reading)
}

function atom(reading: Reading, changes: Partial<Reading> = {}): true {
  Object.assign(reading, { hasAtom: true, isRepeated: false, ...changes })
  return true
}

function readEscape(reading: Reading): boolean {
  const character = reading.text[reading.at] ?? ''
  if (character === '' || (/[1-9]/.test(character) && Number(character) > reading.groups)) return false
  reading.at++
  return atom(reading)
}

function openGroup(reading: Reading): true {
  reading.open++
  reading.groups++
  return atom(reading, { hasAtom: false, mayBeEmpty: true })
}

function closeGroup(reading: Reading): boolean {
  if (reading.open > 0 && !reading.hasAtom && !reading.mayBeEmpty) return false
  reading.open = Math.max(0, reading.open - 1)
  return atom(reading)
}

/** `{2}`, `{2,}`, `{2,5}` behind an atom. */
function readBound(reading: Reading): boolean {
  const found = /^(\d+)(?:,(\d*))?\}/.exec(reading.text.slice(reading.at))
  if (found === null || !reading.hasAtom || reading.isRepeated) return false
  const [all, low, high = ''] = found
  if (Number(low) > maxRepeats || Number(high) > maxRepeats) return false
  if (high !== '' && Number(low) > Number(high)) return false
  reading.at += all.length
  return atom(reading, { isRepeated: true })
}

interface Bracket {
  /** 2 behind the hyphen of a range, 1 behind its end, else 0. */
  range: 0 | 1 | 2
  start: number
  isFilled: boolean
}

/** `[a-z]`, `[^]...]`, `[[:alpha:][.x.][=x=]]`. */
function readBracket(reading: Reading): boolean {
  const { text } = reading
  const bracket: Bracket = { range: 0, start: 0, isFilled: false }
  if (text[reading.at] === '^') reading.at++
  while (reading.at < text.length) {
    const character = text[reading.at] as string
    if (character === ']' && bracket.isFilled) {
      reading.at++
      return atom(reading, { isRepeated: false })
    }
    if (!readMember(reading, bracket, character)) return false
  }
  return false
}

function readMember(reading: Reading, bracket: Bracket, character: string): boolean {
  reading.at++
  if (character === '-' && bracket.range !== 2 && bracket.isFilled) {
    if (bracket.range === 1) return false
    bracket.range = 2
    return true
  }
  if (character === '[') {
    bracket.isFilled = true
    const kind = reading.text[reading.at] ?? ''
    return '.=:'.includes(kind) && kind !== '' ? readNamed(reading, bracket, kind) : true
  }
  const code = character.charCodeAt(0)
  if (bracket.range === 2 && code < bracket.start) return false
  endRange(bracket)
  bracket.isFilled = true
  bracket.start = code
  return true
}

function endRange(bracket: Bracket): void {
  if (bracket.range !== 0) bracket.range--
}

/** `[.x.]`, `[=x=]` or `[:alpha:]`, from behind the first bracket. */
function readNamed(reading: Reading, bracket: Bracket, kind: string): boolean {
  if (kind === '.') endRange(bracket)
  else if (bracket.range === 2) return false
  const end = reading.text.indexOf(`${kind}]`, reading.at + 1)
  if (end === -1) return false
  const inner = reading.text.slice(reading.at + 1, end)
  if (kind === ':' ? !classes.test(`:${inner}`) : inner === '') return false
  if (kind === '.') bracket.start = inner.length > 1 ? 256 : inner.charCodeAt(0)
  reading.at = end + 2
  return true
}
