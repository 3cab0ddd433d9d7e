import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Reach } from './options.ts'

/** The security groups of functions inside a VPC: those that are given, or one that lets everything out and nothing in. */
export function securityGroups(scope: Construct, reach: Reach): string[] {
  if (reach.securityGroupIds.length > 0 || reach.vpcId === undefined) return [...reach.securityGroupIds]
  const group = new CfnSecurityGroup(scope, 'Probing', {
    groupDescription: `${Stack.of(scope).stackName}: functions that probe edges`,
    vpcId: reach.vpcId,
    securityGroupEgress: [
      { ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'edges may be anywhere' },
      ...(reach.ipv6 ? [{ ipProtocol: '-1', cidrIpv6: '::/0', description: 'edges may be anywhere' }] : []),
    ],
  })
  return [group.attrGroupId]
}

/** Puts a function into the subnets. */
export function moveInto(lambda: CfnFunction, { subnetIds, ipv6 }: Reach, securityGroupIds: readonly string[]): void {
  lambda.vpcConfig = {
    subnetIds: [...subnetIds],
    securityGroupIds: [...securityGroupIds],
    ...(ipv6 ? { ipv6AllowedForDualStack: true } : {}),
  }
}

/** What Lambda needs of a role to attach the function to a VPC (AWS Lambda, "Giving Lambda functions access to resources in an Amazon VPC"). */
const interfaceActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
]

/**
 * The statements by which Lambda attaches this function to a VPC, and the function's own code may not: Lambda acts before
 * there is a function that calls, and only the code's requests carry `lambda:SourceFunctionArn`.
 */
export function interfaceStatements(scope: Construct, functionName: string): PolicyStatement[] {
  const arn = `arn:${Stack.of(scope).partition}:lambda:${Stack.of(scope).region}:${Stack.of(scope).account}:function:${functionName}`
  const all = { actions: interfaceActions, resources: ['*'] }
  return [
    new PolicyStatement({ sid: 'AttachToTheVpc', effect: Effect.ALLOW, ...all }),
    new PolicyStatement({
      sid: 'NotByItsOwnCode',
      effect: Effect.DENY,
      ...all,
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': [arn] } },
    }),
  ]
}
