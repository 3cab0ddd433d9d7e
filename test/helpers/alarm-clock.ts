import type { AlarmRule } from '../../functions/core/operation/alarm-rules.ts'

/** Values of metrics at a time, in seconds; a metric that is not named was not sent. */
export interface Sent {
  readonly at: number
  readonly values: Readonly<Partial<Record<string, number>>>
}

const statistics: Record<AlarmRule['statistic'], (values: readonly number[]) => number> = {
  Minimum: values => Math.min(...values),
  Maximum: values => Math.max(...values),
  Sum: values => values.reduce((sum, value) => sum + value, 0),
  SampleCount: values => values.length,
}

/**
 * Whether an alarm is in alarm at `now` (seconds): by the points of its window, which slides along as the alarm is evaluated
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring, "Alarm evaluation", "Alarm evaluation window" and "Configuring how
 * CloudWatch alarms treat missing data").
 */
export function goesOff(rule: AlarmRule, sent: readonly Sent[], now: number): boolean {
  let breaching = 0
  for (let point = 0; point < rule.of; point++) {
    const to = now - point * rule.seconds
    const inPoint = sent.filter(({ at }) => at > to - rule.seconds && at <= to)
    const values = inPoint.flatMap(({ values }) => values[rule.metric] ?? [])
    if (isBreaching(rule, values)) breaching++
  }
  return breaching >= rule.breaching
}

function isBreaching({ statistic, when, threshold, missing }: AlarmRule, values: readonly number[]): boolean {
  if (values.length === 0) return missing === 'breaching'
  const value = statistics[statistic](values)
  return when === '<' ? value < threshold : value >= threshold
}
