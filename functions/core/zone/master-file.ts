/** A place in a text. Both count from 1; columns in UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A word of a master file. */
export interface Token extends Place {
  /** With its escapes; without the quotes. */
  readonly text: string
  readonly quoted: boolean
  /** The comment behind it, where it is the last word of its line. */
  readonly comment?: Comment
}

/** A comment behind a word. */
export interface Comment {
  /** With its semicolon. */
  readonly text: string
  /** No blank stands in front of the semicolon. */
  readonly touches: boolean
}

/** One record or directive: a line, or several joined by parentheses. */
export interface Entry {
  /** Begins with white space: the record belongs to the owner before it. */
  readonly blank: boolean
  /** At least one. */
  readonly tokens: readonly [Token, ...Token[]]
}

/** Something that is wrong at a place. */
export interface Fault extends Place {
  readonly message: string
}

export interface MasterFile {
  readonly entries: readonly Entry[]
  readonly faults: readonly Fault[]
}

const lexeme =
  /(?<newline>\r?\n)|(?<space>[ \t]+)|(?<comment>;[^\n]*)|"(?<quoted>[^"\\\n]*(?:\\[^\n][^"\\\n]*)*)(?<close>"|\\?)|(?<bracket>[()])|(?<word>(?:\\[^\r\n]|[^ \t\r\n;()"\\])+)|[\r\\]/g

const control = /[^\P{Cc}\t]/u

interface Scan {
  readonly entries: Entry[]
  readonly faults: Fault[]
  /** The place of each parenthesis that is still open. */
  readonly open: Place[]
  blank: boolean
  tokens: Token[]
}

/**
 * Splits master file text (RFC 1035 §5.1) into entries: quotes, comments, parentheses over lines; escapes are kept.
 * Goes on behind a fault, so that all are found at once; what an open parenthesis swallows is not an entry.
 */
export function scanMasterFile(text: string): MasterFile {
  const scan: Scan = { entries: [], faults: [], open: [], blank: false, tokens: [] }
  let line = 1
  let lineStart = 0
  for (const found of text.matchAll(lexeme)) {
    take(scan, found, { line, column: found.index - lineStart + 1 })
    if (found.groups?.newline === undefined) continue
    line++
    lineStart = found.index + found[0].length
  }
  if (scan.open.length === 0) endEntry(scan)
  for (const place of scan.open) scan.faults.push({ ...place, message: 'this parenthesis is never closed' })
  return scan
}

function take(scan: Scan, found: RegExpMatchArray, place: Place): void {
  const { newline, space, comment, quoted, close, bracket, word } = found.groups as Readonly<
    Record<string, string | undefined>
  >
  if (newline !== undefined) {
    if (scan.open.length === 0) endEntry(scan)
  } else if (space !== undefined) {
    if (place.column === 1 && scan.open.length === 0) scan.blank = true
  } else if (comment !== undefined) takeComment(scan, comment.replace(/\r$/, ''), place)
  else if (quoted !== undefined) {
    scan.tokens.push({ ...place, text: quoted, quoted: true })
    if (close === '"') refuse(scan, /[^\P{Cc}\t]|\ufffd/u, quoted, { ...place, column: place.column + 1 })
    else scan.faults.push({ ...place, message: 'this quote is not closed on its line' })
  } else if (bracket === '(') scan.open.push(place)
  else if (bracket === ')') {
    if (scan.open.pop() === undefined) scan.faults.push({ ...place, message: 'no parenthesis is open here' })
  } else if (word !== undefined) {
    scan.tokens.push({ ...place, text: word, quoted: false })
    refuse(scan, /[^\t -~]/u, word, place)
  } else if (found[0] === '\\') scan.faults.push({ ...place, message: 'nothing follows this backslash' })
  else {
    refuse(scan, control, found[0], place)
    if (scan.open.length === 0) endEntry(scan)
  }
}

function takeComment(scan: Scan, text: string, place: Place): void {
  refuse(scan, control, text, place)
  const last = scan.tokens.pop()
  if (last === undefined) return
  const touches = last.column + last.text.length + (last.quoted ? 2 : 0) === place.column
  scan.tokens.push(last.line === place.line ? { ...last, comment: { text, touches } } : last)
}

function refuse(scan: Scan, pattern: RegExp, text: string, { line, column }: Place): void {
  const found = pattern.exec(text)
  if (found === null) return
  const code = (found[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
  const message = control.test(found[0])
    ? `the control character U+${code} is not allowed`
    : found[0] === '\ufffd'
      ? 'this text is not UTF-8'
      : `the character U+${code} is not allowed outside quotes and comments`
  scan.faults.push({ line, column: column + found.index, message })
}

function endEntry(scan: Scan): void {
  const [first, ...rest] = scan.tokens
  if (first !== undefined) scan.entries.push({ blank: scan.blank, tokens: [first, ...rest] })
  scan.tokens = []
  scan.blank = false
}
