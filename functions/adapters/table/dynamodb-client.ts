import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { clientSettings, regionOf } from '../aws/client-settings.ts'

/** A DynamoDB client for this environment; the endpoint comes from the SDK's own variables. */
export function dynamoDBClient(env: NodeJS.ProcessEnv): DynamoDBClient {
  return new DynamoDBClient({ ...clientSettings, region: regionOf(env) })
}
