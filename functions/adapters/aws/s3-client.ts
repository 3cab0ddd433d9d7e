import { S3Client } from '@aws-sdk/client-s3'
import { clientSettings, regionOf } from './client-settings.ts'

/** An S3 client for this environment. With an endpoint of one's own, addresses are path-style (contract). */
export function s3Client(env: NodeJS.ProcessEnv): S3Client {
  const forcePathStyle = Boolean(env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL)
  return new S3Client({
    ...clientSettings,
    region: regionOf(env),
    forcePathStyle,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}
