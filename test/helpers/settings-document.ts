import { settingPaths } from '../../functions/core/config/merged-settings.ts'
import { retiredKeys } from '../../functions/core/config/retired.ts'
import type { AnySetting, Form, NumberForm } from '../../functions/core/config/setting-kinds.ts'
import { settingsTable } from '../../functions/core/config/settings-table.ts'
import { counted } from '../../functions/core/domain/printable.ts'

const begin = '<!-- made by npm run docs:settings from functions/core/config/settings-table.ts -->'
const end = '<!-- end of what is made -->'

/** config/README.md with its tables of settings made afresh; throws where it has no place for them. */
export function withSettings(document: string): string {
  const [before, after] = [document.indexOf(begin), document.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`there is no "${begin}" with "${end}" behind it`)
  return `${document.slice(0, before)}${begin}\n\n${settingsMarkdown()}\n${document.slice(after)}`
}

function settingsMarkdown(): string {
  const rows = settingPaths(settingsTable).map(({ path, setting }) => [
    `\`${path.join('.')}\``,
    valueWords(setting.form),
    defaultWords(setting),
    setting.means,
  ])
  const retired = Object.entries(retiredKeys).map(([key, instead]) => [`\`${key}\``, instead])
  return [
    ...tableOf(['key', 'value', 'default', 'means'], rows),
    '',
    'Keys of edgemanage 2 and 3 that have no place here are accepted, with a warning each that says what replaces them:',
    '',
    ...tableOf(['key', 'instead'], retired),
    '',
  ].join('\n')
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map(row => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)]
}

function defaultWords(setting: AnySetting): string {
  const { required, unit, defaultWords: words, default: value } = setting
  if (required) return 'required'
  if (words !== undefined) return words
  if (value === null || value === '') return '–'
  if (typeof value === 'object') return Array.isArray(value) ? '[]' : '{}'
  if (unit === undefined || unit === 'seconds') return `${String(value)}${unit === undefined ? '' : ' s'}`
  return counted(Number(value), unit.replace(/s$/, ''))
}

function valueWords(form: Form): string {
  switch (form.kind) {
    case 'truth':
      return 'true or false'
    case 'email':
      return 'mail address'
    case 'choice':
      return form.words.map(word => `\`${word}\``).join(' or ')
    case 'text':
      return form.noun
    case 'number':
      return numberWords(form)
    case 'list': {
      const limit = form.max === undefined ? '' : `, at most ${form.max}`
      return `list of ${form.items.noun}s${form.min === undefined ? limit : ', not empty'}`
    }
    case 'map':
      return `map, ${form.key}: ${form.values.noun}`
  }
}

function numberWords({ whole, min, above, max, step }: NumberForm): string {
  const limits = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(min === undefined || max !== undefined ? [] : [`at least ${min}`]),
    ...(min === undefined || max === undefined ? [] : [`${min} to ${max}`]),
    ...(min !== undefined || max === undefined ? [] : [`at most ${max}`]),
    ...(step === undefined ? [] : [`a multiple of ${step}`]),
  ]
  return [whole ? 'whole number' : 'number', ...limits].join(', ')
}
