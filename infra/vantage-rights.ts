import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Aws } from 'aws-cdk-lib/core'
import { vantageFunctionName } from '../functions/core/operation/vantage-name.ts'

/** The ARNs of a stack's vantage points in these regions; their names tie the stacks together, nothing else does. */
export function vantageArns(stackName: string, regions: readonly string[]): string[] {
  const account = `${Aws.ACCOUNT_ID}:function:${vantageFunctionName(stackName)}`
  return regions.map(region => `arn:${Aws.PARTITION}:lambda:${region}:${account}`)
}

/** The right to ask exactly these vantage points; none where there are none. */
export function vantageStatements(arns: readonly string[]): PolicyStatement[] {
  if (arns.length === 0) return []
  const actions = ['lambda:InvokeFunction']
  return [new PolicyStatement({ sid: 'VantagePoints', effect: Effect.ALLOW, actions, resources: [...arns] })]
}

/** What a function that asks them has to know. */
export function vantageEnvironment(arns: readonly string[]): Record<string, string> {
  return arns.length === 0 ? {} : { VANTAGES: arns.join(',') }
}
