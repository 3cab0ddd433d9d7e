/**
 * What must not reach a terminal, a log or a one-line output as it is: control characters (line breaks among them), line
 * and paragraph separators, halves of characters, and marks that turn the direction of what is shown.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u
/** The same, to replace them all. */
export const allUnprintable = new RegExp(unprintable, 'gu')

/** The longest sentence of a report, in characters. */
export const maxSentence = 500

/** Whether a text is one line that shows all it holds. */
export function isPrintable(text: string): boolean {
  return !unprintable.test(text)
}

/** The text with every character that cannot be shown as its escape (`\u001b`), which JSON reads as the same character. */
export function printable(text: string): string {
  return isPrintable(text) ? text : text.replaceAll(allUnprintable, escaped)
}

const codeOrUnprintable = new RegExp(`\\u001b\\[\\d+m|${unprintable.source}`, 'gu')

/**
 * A text of several lines, for a terminal or a file that is read on one: line breaks and tabs stay, so do the colour codes
 * that are this program's own, and everything else is as in `printable`.
 */
export function printableText(text: string, isOwnCode: (code: string) => boolean): string {
  return text.replaceAll(codeOrUnprintable, found => {
    if (found === '\n' || found === '\t' || isOwnCode(found)) return found
    return `${escaped(found.slice(0, 1))}${found.slice(1)}`
  })
}

/** The escapes of all these characters, UTF-16 unit by unit. */
function escaped(characters: string): string {
  return characters
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

/** The text as one line that shows all it holds, cut to this many characters; then it says how many are left out. */
export function oneLine(text: string, most: number = maxSentence): string {
  // What is far too long is not looked at as a whole.
  const head = text.slice(0, 2 * most)
  const rest = text.length - head.length
  const line = printable(head.replaceAll(/\s+/g, ' ').trim())
  if (rest === 0 && line.length <= most) return line
  const shown = line.slice(0, most).replace(/[\ud800-\udbff]$/, '')
  return `${shown}… (${counted(line.length - shown.length + rest, 'more character')})`
}

/** The longest name that anything can have, in characters. */
export const maxName = 255

/** A name as somebody gave it, to be told of: in one line, cut, and in quotes where it would not be seen to be one. */
export function givenName(text: string): string {
  return /^\S+$/.test(text) ? oneLine(text, maxName) : `'${oneLine(text, maxName)}'`
}

/** The first few lines; where there are more, one line says in the end how many, in the words of `more`. */
export function firstOf(lines: readonly string[], most: number, more: (rest: number) => string): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), more(lines.length - most)]
}

/** "1 network", "1,980 networks": a number of things, the noun in its plural where it must be. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A whole number with its thousands apart: "1,980". */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
