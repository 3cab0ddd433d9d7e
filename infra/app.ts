import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib/core'
import { UndeployableConfiguration } from './configuration.ts'
import { rememberNames } from './remembered-names.ts'
import { addSystem } from './system.ts'
import { checkTemplateSizes } from './template-size.ts'

// What `npx cdk` runs: configuration in, cloud assembly out.
// The library's check of templates takes as long as all the rest: a test makes it, once for all configurations.
const app = new App({ builtinCloudFormationValidation: false })
const into = mkdtempSync(join(tmpdir(), 'edgemanage-assets-'))
try {
  const { stack, warnings, costs } = await addSystem(app, into)
  for (const line of [...warnings, ...costs]) console.error(line)
  checkTemplateSizes(app.synth())
  const kept = rememberNames(app.node, stack.stackName, process.env)
  if (kept !== null) console.error(kept)
} catch (error) {
  if (!(error instanceof UndeployableConfiguration)) throw error
  console.error(error.message)
  process.exitCode = 2
} finally {
  rmSync(into, { recursive: true, force: true })
}
