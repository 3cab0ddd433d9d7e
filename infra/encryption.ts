import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import { Aws } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'

/** The key for table, bucket and logs; undefined: the platform's own. Its policy is its owner's affair. */
export function stackKey(scope: Construct, kmsKeyArn: string | null): IKey | undefined {
  return kmsKeyArn === null ? undefined : Key.fromKeyArn(scope, 'Key', kmsKeyArn)
}

/** The right to use the key through the table and the bucket, and in no other way; none where there is no key. */
export function keyStatements(key: IKey | undefined, access: 'read' | 'write'): PolicyStatement[] {
  if (key === undefined) return []
  const services = ['dynamodb', 's3'].map(service => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`)
  return [
    new PolicyStatement({
      sid: 'KeyOfTableAndBucket',
      effect: Effect.ALLOW,
      actions: access === 'write' ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': services } },
    }),
  ]
}
