/** A probe's detail is never longer. */
const maxDetailLength = 240

// Control characters, and those that change how the text around them is shown.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/**
 * A text in which something an edge sent may stand, fit for a terminal, a log and an item of the table: what cannot be
 * printed is a question mark, and what is longer than `maxLength` characters ends in "…".
 */
export function plainWords(text: string, maxLength = maxDetailLength): string {
  const printable = text.slice(0, 4 * maxLength).replace(unprintable, '?')
  return printable.length > maxLength ? `${printable.slice(0, maxLength - 1).trimEnd()}…` : printable
}
