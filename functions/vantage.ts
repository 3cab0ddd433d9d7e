import { openVantagePoint } from './lambda/vantage-point.ts'

/** Fetches the object from up to 16 addresses as a cycle would: `{version, request, targets}` in, the outcomes out. */
export const handler = openVantagePoint(process.env)
