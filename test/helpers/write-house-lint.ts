import { writeFileSync } from 'node:fs'
import { root } from './command.ts'
import { importOverrides } from './house-lint.ts'
import { rooms } from './house-rules.ts'

// Writes the import rules of house-rules.ts for the linter, which reads them beside biome.json: `npm run lint:rooms`.
writeFileSync(`${root}/biome.rooms.json`, `${JSON.stringify({ overrides: importOverrides(rooms) }, null, 2)}\n`)
