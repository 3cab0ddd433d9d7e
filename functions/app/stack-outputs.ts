import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'

/** The names of a stack's table and bucket, from its outputs `TableName` and `BucketName`; throws where it has none. */
export async function lookUpStack(stack: string): Promise<{ tableName: string; bucketName: string }> {
  const client = new CloudFormationClient({ maxAttempts: 3 })
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }))
  const outputs = new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  const tableName = outputs.get('TableName')
  const bucketName = outputs.get('BucketName')
  if (tableName === undefined || bucketName === undefined) {
    throw new Error(`the stack ${stack} has no outputs TableName and BucketName`)
  }
  return { tableName, bucketName }
}
