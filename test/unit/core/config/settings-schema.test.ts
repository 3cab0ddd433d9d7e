import { describe, expect, test } from 'vitest'
import { settingsSchema } from '../../../../functions/core/config/settings-schema.ts'

const isAllowed = (settings: object) => settingsSchema.safeParse(settings).success

describe('settings', () => {
  test.each([
    [{}],
    [{ testobject: { host: '192.0.2.1' } }],
    [{ testobject: { host: '2001:db8::1', uri: '/?a=b' } }],
    [{ timeout: 15, workers: 900, dnschange_maxfreq: 100, stay_factor: 1, run_frequency: 60, history: { window: 0 } }],
    [{ dnschange_maxfreq: 0, canary_killer: 0, route53: { verify_every: 0, zones: { 'example.org': 'Z123' } } }],
    [{ references: ['https://example.org/', 'http://192.0.2.1:8080/x'] }],
    [{ dns: { rotate_zones: ['www', '*.cdn'], ns_records: ['ns1'] } }],
    [{ dns: { unchecked_types: ['MB', 'nsap-ptr', 'TYPE46'] } }],
    [{ dns: { zone_options: 'allow-transfer { key transfer; };' } }],
    [{ alarms: { email: 'someone@example.org', slow_seconds: 0.1 } }],
    [{ recheck: 10, brake: 1, brake_cycles: 10, vantages: ['eu-west-1', 'us-gov-east-1', 'ap-southeast-2'] }],
  ])('%j may be', settings => {
    expect(isAllowed(settings)).toBe(true)
  })

  test.each([
    [{ timeout: 15.1 }],
    [{ dns: { unchecked_types: ['FOO'] } }],
    [{ dns: { zone_options: 'notfy yes;' } }],
    [{ dns: { zone_options: 'file "x";' } }],
    [{ dns: { unchecked_types: ['TYPE999'] } }],
    [{ dns: { unchecked_types: 'MB' } }],
    [{ recheck: 10.1 }],
    [{ recheck: -1 }],
    [{ brake: 1.1 }],
    [{ brake: -0.1 }],
    [{ brake_cycles: 0 }],
    [{ brake_cycles: 11 }],
    [{ vantages: ['mars'] }],
    [{ vantages: 'eu-west-1' }],
    [{ vantages: ['eu-west-1', 'eu-west-1'] }],
    [{ vantages: [1, 2, 3, 4, 5, 6].map(at => `eu-west-${at}`) }],
    [{ workers: 0 }],
    [{ workers: 10.5 }],
    [{ retry: 0 }],
    [{ goodenough: 0 }],
    [{ goodenough: Number.NaN }],
    [{ edge_count: 0 }],
    [{ min_edges: 0 }],
    [{ down_after: 0 }],
    [{ up_after: 0 }],
    [{ canary_killer: -1 }],
    [{ dnschange_window: 0 }],
    [{ run_frequency: 0 }],
    [{ history: { samples: 0 } }],
    [{ history: { window: -1 } }],
    [{ dns: { ttl: -1 } }],
    [{ dns: { ttl: 2 ** 31 } }],
    [{ dns: { soa: { retry: 1.5 } } }],
    [{ testobject: { port: 0 } }],
    [{ testobject: { local: '' } }],
    [{ testobject: { uri: '/a\nb' } }],
    [{ testobject: { verify: 'yes' } }],
    [{ references: ['http://'] }],
  ])('%j may not be', settings => {
    expect(isAllowed(settings)).toBe(false)
  })

  test.each(['192.0.2.1', '192.0.2.1.', '2001:db8::1', '::ffff:192.0.2.1', '127.1', '3232235777', '0x7f.1', '.'])(
    '%s is not the name of a name server',
    text => {
      expect(isAllowed({ dns: { ns_records: ['ns1.example.org.', text] } })).toBe(false)
      expect(isAllowed({ dns: { soa_nameserver: text } })).toBe(false)
    },
  )

  test.each(['192.0.2.1', '2001:db8::1', '::1.', 'hostmaster.192.0.2.1.'])('%s is not a mailbox', text => {
    expect(isAllowed({ dns: { soa_mailbox: text } })).toBe(false)
  })
})
