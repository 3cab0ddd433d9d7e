import { readFileSync, writeFileSync } from 'node:fs'
import { settingsSchemaText } from '../../functions/core/config/settings-json-schema.ts'
import { root } from './command.ts'
import { withSettings } from './settings-document.ts'

// Writes what is made from the table of settings and kept in files: `npm run docs:settings`.
const document = `${root}/config/README.md`
writeFileSync(document, withSettings(readFileSync(document, 'utf8')))
writeFileSync(`${root}/config/edgemanage.schema.json`, settingsSchemaText())
