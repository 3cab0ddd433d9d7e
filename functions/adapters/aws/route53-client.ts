import { Route53Client } from '@aws-sdk/client-route-53'
import { clientSettings } from './client-settings.ts'

/**
 * A Route 53 client; the endpoint comes from the SDK's own variables, else it is the one control plane, in us-east-1.
 * It asks once: what is asked again counts against the account's rate, so the cycle decides about it.
 */
export function route53Client(): Route53Client {
  return new Route53Client({ ...clientSettings, region: 'us-east-1', maxAttempts: 1 })
}
