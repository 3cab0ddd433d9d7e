/** A statement of a configuration for `named`: its words, and what is in its braces. */
export interface Statement {
  readonly words: readonly string[]
  readonly block: readonly Statement[] | null
  /** Counts from 1. */
  readonly line: number
}

/** Something that is not a configuration, with its line (from 1). */
export interface ConfFault {
  readonly line: number
  readonly message: string
}

interface Word {
  readonly text: string
  readonly quoted: boolean
  readonly line: number
}

const plain = '[^ \\t\\r\\n\\f\\v{};"#/]'
const slash = '\\/(?![/*])'
const lexeme = new RegExp(
  [
    '(?<comment>\\/\\/[^\\n]*|#[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/)',
    '"(?<quoted>(?:\\\\[\\s\\S]|[^"\\\\])*)"',
    '(?<mark>[{};])',
    `(?<word>(?:${plain}|${slash})+)`,
    '(?<space>[ \\t\\r\\n\\f\\v]+)',
    '(?<other>[\\s\\S])',
  ].join('|'),
  'g',
)
const control = /[^\P{Cc}\t\n\r]/u

/** Splits a configuration into statements, or says what is wrong first. */
export function readStatements(text: string): readonly Statement[] | ConfFault {
  const words: Word[] = []
  let line = 1
  for (const found of text.matchAll(lexeme)) {
    const { quoted, mark, word, other } = found.groups as Readonly<Record<string, string | undefined>>
    if (other !== undefined) return { line, message: `what begins with ${other} is not closed` }
    if (control.test(found[0])) return { line, message: 'a control character is not allowed' }
    if (quoted !== undefined) words.push({ text: quoted, quoted: true, line })
    if (mark !== undefined || word !== undefined) words.push({ text: (mark ?? word) as string, quoted: false, line })
    line += found[0].split('\n').length - 1
  }
  return build(words)
}

interface Level {
  readonly statements: Statement[]
  words: string[]
  block: readonly Statement[] | null
  line: number
}

function newLevel(): Level {
  return { statements: [], words: [], block: null, line: 1 }
}

function build(words: readonly Word[]): readonly Statement[] | ConfFault {
  const levels: Level[] = [newLevel()]
  for (const word of words) {
    const message = take(levels, word)
    if (message !== null) return { line: word.line, message }
  }
  const [outermost] = levels as [Level]
  if (levels.length > 1) return { line: outermost.line, message: 'a brace is never closed' }
  return isBegun(outermost)
    ? { line: outermost.line, message: 'the last statement lacks its semicolon' }
    : outermost.statements
}

function isBegun({ words, block }: Level): boolean {
  return words.length > 0 || block !== null
}

/** Takes a word up; what is wrong with it, or null. */
function take(levels: Level[], { text, quoted, line }: Word): string | null {
  const current = levels.at(-1) as Level
  if (!isBegun(current)) current.line = line
  if (!quoted && text === ';') return endStatement(current)
  if (!quoted && text === '}') return endBlock(levels)
  if (current.block !== null) return `a semicolon is missing in front of '${text}'`
  if (!quoted && text === '{') levels.push(newLevel())
  else current.words.push(text)
  return null
}

function endStatement(level: Level): string | null {
  if (!isBegun(level)) return 'there is nothing before this semicolon'
  level.statements.push({ words: level.words, block: level.block, line: level.line })
  Object.assign(level, newLevel(), { statements: level.statements })
  return null
}

function endBlock(levels: Level[]): string | null {
  const inner = levels.pop() as Level
  const outer = levels.at(-1)
  if (outer === undefined) return 'no brace is open here'
  if (isBegun(inner)) return 'a semicolon is missing in front of this brace'
  outer.block = inner.statements
  return null
}
