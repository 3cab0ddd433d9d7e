/**
 * A URI template (RFC 6570) as BIND takes it: a variable is a name, perhaps with `:4` or `*`; an operator stands in
 * front of variables. A word may be any letters, digits, `_` and percent escapes.
 */
const name = '(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+'
const variable = `[+#./;?&]?${name}(?:\\*|:[1-9]\\d{0,3})?`
const template = new RegExp(`^/(?:[^{%]|%[0-9A-Fa-f]{2}|\\{${variable}(?:,${variable})*\\})*$`, 's')

/** Whether these octets are a path with a variable `dns` (RFC 9461 §5), in UTF-8. */
export function isDohPath(octets: string): boolean {
  const bytes = Buffer.from(octets, 'latin1')
  if (!bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8'))) return false
  return template.test(octets) && /\{(?:[^}]*,)?[+#./;?&]?dns[*:},]/.test(octets)
}
