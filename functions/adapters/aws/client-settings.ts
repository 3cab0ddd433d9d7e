/** Bounds for one request, so that a neighbour that hangs cannot hold a cycle: milliseconds, and attempts in all. */
export const clientSettings = {
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 64 },
    httpsAgent: { keepAlive: true, maxSockets: 64 },
  },
  maxAttempts: 3,
}

/** Where a client is that was told no region: endpoints of one's own accept any. */
export function regionOf(env: NodeJS.ProcessEnv): string {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1'
}
