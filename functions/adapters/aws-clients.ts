import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'

/** Bounds for one request, so that a neighbour that hangs cannot hold a cycle: milliseconds, and attempts in all. */
const requestHandler = {
  connectionTimeout: 2_000,
  requestTimeout: 5_000,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 64 },
  httpsAgent: { keepAlive: true, maxSockets: 64 },
}
const maxAttempts = 3

/** A DynamoDB client for this environment; the endpoint comes from the SDK's own variables. */
export function dynamoDBClient(env: NodeJS.ProcessEnv): DynamoDBClient {
  return new DynamoDBClient({ region: regionOf(env), maxAttempts, requestHandler })
}

/** An S3 client for this environment. With an endpoint of one's own, addresses are path-style (contract). */
export function s3Client(env: NodeJS.ProcessEnv): S3Client {
  const forcePathStyle = Boolean(env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL)
  return new S3Client({
    region: regionOf(env),
    maxAttempts,
    requestHandler,
    forcePathStyle,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** Where a client is that was told no region: endpoints of one's own accept any. */
function regionOf(env: NodeJS.ProcessEnv): string {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1'
}
