import { Route53Client } from '@aws-sdk/client-route-53'
import { clientSettings, regionOf } from './client-settings.ts'

/**
 * A Route 53 client. The endpoint comes from the SDK's own variables, else it is the control plane of the partition that this
 * region is in (commercial, China, GovCloud). It asks once: what is asked again counts against the account's rate, so the cycle decides about it.
 */
export function route53Client(env: NodeJS.ProcessEnv = process.env): Route53Client {
  return new Route53Client({ ...clientSettings, region: regionOf(env), maxAttempts: 1 })
}
