import { statSync } from 'node:fs'
import type { CloudAssembly } from 'aws-cdk-lib/cx-api'
import { UndeployableConfiguration } from './configuration.ts'

/** CloudFormation takes no larger template (AWS CloudFormation User Guide, "Understand CloudFormation quotas": 1 MB). */
export const maxTemplateBytes = 1_000_000

/** Throws `UndeployableConfiguration` with a line for each stack whose template is too large to be deployed. */
export function checkTemplateSizes({ stacks }: Pick<CloudAssembly, 'stacks'>): void {
  const tooLarge = stacks.flatMap(({ stackName, templateFullPath }) => {
    const bytes = statSync(templateFullPath).size
    const words = `the template of ${stackName} has ${bytes.toLocaleString('en-US')} bytes, and CloudFormation takes ${maxTemplateBytes.toLocaleString('en-US')}`
    return bytes > maxTemplateBytes ? [`error: ${words}: move networks to a second stack (infra/README.md)`] : []
  })
  if (tooLarge.length > 0) throw new UndeployableConfiguration(tooLarge.join('\n'))
}
