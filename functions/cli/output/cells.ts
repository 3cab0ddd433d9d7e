import { printable, printableText } from '../../core/domain/printable.ts'

/** A cell of CSV (RFC 4180): quoted where it must be, in one line whatever it holds. */
export function csvCell(text: string): string {
  const line = printableText(text.replaceAll(/[\r\n]+/g, ' '), () => false)
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
}

/** A cell between tabs: nothing in it may pass for another cell or line. */
export function flatCell(text: string): string {
  return printable(text.replaceAll(/[\t\r\n]+/g, ' '))
}
