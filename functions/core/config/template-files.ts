import { messageOf } from '../domain/message.ts'
import { templateProblems } from '../zone/templates.ts'
import type { Problem } from './problem.ts'
import type { ConfigSource } from './source.ts'

const files = { zone: 'zone.hbs', namedConf: 'named.conf.hbs' } as const

/** What is wrong with the files of the templates in a folder (behaviour §7.5): no network can run a cycle with them. */
export function templateFileProblems(folder: ConfigSource): Problem[] {
  const zone = readTemplate(folder, 'zone')
  const namedConf = readTemplate(folder, 'namedConf')
  const faults = [zone, namedConf].flatMap(found => ('problem' in found ? [found.problem] : []))
  if (!('text' in zone && 'text' in namedConf)) return faults
  return templateProblems({ zone: zone.text, namedConf: namedConf.text }).map(({ template, line, message }) =>
    problemAt(template, line, message),
  )
}

type Found = { readonly text: string } | { readonly problem: Problem }

/** A byte order mark stays in the text: it would be published. */
function readTemplate(folder: ConfigSource, template: keyof typeof files): Found {
  try {
    const bytes = folder.read(files[template])
    if (bytes === null) return { problem: problemAt(template, 1, 'is missing') }
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8 text' : `cannot be read: ${messageOf(error)}`
    return { problem: problemAt(template, 1, why) }
  }
}

function problemAt(template: keyof typeof files, line: number, message: string): Problem {
  const file = `templates/${files[template]}`
  return { severity: 'error', file, line, column: 1, message, network: null, scope: 'settings' }
}
