/**
 * List prices of AWS in us-east-1, US dollars, without taxes and free tiers, as of `asOf`. A new price is one line here.
 */
export const prices = {
  asOf: '2026-11-22',
  region: 'us-east-1',
  /** A gigabyte of memory for a second, arm64; a request. */
  lambdaGigabyteSecond: 0.0000133334,
  lambdaRequest: 0.2e-6,
  /** On-demand units; a gigabyte for a month, with point-in-time recovery. */
  tableWriteUnit: 0.625e-6,
  tableReadUnit: 0.125e-6,
  tableGigabyte: 0.25 + 0.2,
  /** A PUT or a LIST. */
  bucketPut: 5e-6,
  /** A GET. */
  bucketGet: 0.4e-6,
  schedulerStart: 1e-6,
  /** A month each. */
  customMetric: 0.3,
  alarm: 0.1,
  dashboard: 3,
  logGigabyte: 0.5,
  /** A question that Route 53's name servers answer, whoever asks. */
  dnsQuery: 0.4e-6,
  /** A Route 53 health check of an endpoint outside of AWS, with HTTPS and string matching, for a month. */
  healthCheck: 0.75 + 2 * 2,
} as const
