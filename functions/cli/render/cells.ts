/** A cell of CSV (RFC 4180): quoted where it must be. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A cell between tabs: nothing in it may pass for another cell or line. */
export function flatCell(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, ' ')
}
