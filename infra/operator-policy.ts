import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam'
import { CfnOutput, Stack, Validations } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { configurationKey, pushStatements } from './permissions.ts'
import type { Storage } from './storage.ts'

/** A policy for operators that may push configurations of these networks, and nothing else; to be attached by hand. */
export function operatorPolicy(scope: Construct, networks: readonly string[], storage: Storage): ManagedPolicy {
  const policy = new ManagedPolicy(scope, 'PushPolicy', {
    description: 'edgemanage config push, pull, diff, log and rollback for the networks of this stack',
    document: new PolicyDocument({ statements: pushStatements(networks, storage), minimize: false }),
  })
  const bucket = Stack.of(policy).getLogicalId(storage.bucket.node.defaultChild as never)
  for (const network of networks) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${configurationKey(network)}]`,
      reason: 'Configurations are kept under their hashes, and every push adds some.',
    })
  }
  new CfnOutput(scope, 'PushPolicyArn', {
    value: policy.managedPolicyArn,
    description: 'Attach to whoever may push configurations',
  })
  return policy
}
