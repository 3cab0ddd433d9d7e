import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderNamedConf } from '../../functions/core/zone/named-conf.ts'
import { renderZone, type ZoneData } from '../../functions/core/zone/render.ts'
import { toolOr } from '../helpers/debian.ts'
import { freePort } from '../helpers/free-port.ts'
import { namedConfTemplate, sampleZone, zoneTemplate } from '../helpers/zones.ts'

const named = toolOr('named')
const dig = toolOr('dig')
const checkconf = toolOr('named-checkconf')

const include = `@ MX 10 mail
@ TXT "v=spf1 mx -all" ; said "so"
mail A 192.0.2.25
$ORIGIN sub
@ 60 NS ns
ns AAAA 2001:db8::53
$ORIGIN example.org.
\\100ocs CNAME www
_sip._tcp SRV 0 5 5060 (
  www )
* TXT wild`

const zones: readonly ZoneData[] = [
  sampleZone({ addresses: ['192.0.2.10', '192.0.2.9', '2001:db8::1'], include }),
  sampleZone({ zone: 'example.net', addresses: ['192.0.2.99'], rotateLabels: ['*'], serial: 1_790_000_007 }),
  sampleZone({ zone: '2.0.192.in-addr.arpa', rotateLabels: [], include: '9 PTR edge.example.org.\n' }),
]

/** Writes the bucket's files and a configuration as an operator would: one `include` of the rendered `named.conf`. */
function writeFiles(folder: string, port: number): void {
  const files = join(folder, 'zones/mynet')
  mkdirSync(files, { recursive: true })
  for (const zone of zones) writeFileSync(join(files, `${zone.zone}.zone`), renderZone(zoneTemplate, zone))
  const names = zones.map(zone => zone.zone)
  writeFileSync(join(files, 'named.conf'), renderNamedConf(namedConfTemplate, 'mynet', names))
  const options = `directory "${folder}"; managed-keys-directory "${folder}"; pid-file none; session-keyfile none;
    listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; notify no; dnssec-validation no;`
  writeFileSync(
    join(folder, 'named.conf'),
    `options { ${options} };\ncontrols { };\ninclude "zones/mynet/named.conf";\n`,
  )
}

async function untilRunning(server: ChildProcessByStdio<null, null, Readable>): Promise<void> {
  const log: string[] = []
  for await (const line of createInterface({ input: server.stderr })) {
    log.push(line)
    if (/ running$/.test(line)) return
  }
  throw new Error(`named ended:\n${log.join('\n')}`)
}

describe.skipIf(named === null || dig === null || checkconf === null)(
  'a real name server over what was rendered',
  () => {
    let folder = ''
    let port = 0
    let server: ChildProcessByStdio<null, null, Readable> | null = null

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'edgemanage-named-'))
      port = await freePort()
      writeFiles(folder, port)
      const flags = ['-g', '-n', '1', '-c', join(folder, 'named.conf')]
      server = spawn(named ?? '', flags, { stdio: ['ignore', 'ignore', 'pipe'] })
      await untilRunning(server)
    }, 10_000)

    afterAll(async () => {
      if (server?.exitCode === null) {
        const ended = once(server, 'exit')
        server.kill('SIGKILL')
        await ended
      }
      rmSync(folder, { recursive: true })
    })

    const ask = async (name: string, type: string) => {
      const flags = ['@127.0.0.1', '-p', String(port), '+short', '+time=1', '+tries=3', name, type]
      const { stdout } = await promisify(execFile)(dig ?? '', flags)
      return stdout.split('\n').filter(Boolean).sort()
    }

    test('its configuration is one', async () => {
      const { stdout } = await promisify(execFile)(checkconf ?? '', ['-z', join(folder, 'named.conf')])
      expect(stdout.match(/loaded serial/g)).toHaveLength(zones.length)
    })

    test.each([
      ['example.org', 'A', ['192.0.2.10', '192.0.2.9']],
      ['example.org', 'AAAA', ['2001:db8::1']],
      ['www.example.org', 'A', ['192.0.2.10', '192.0.2.9']],
      ['www.example.org', 'AAAA', ['2001:db8::1']],
      ['example.org', 'NS', ['dns1.example.com.', 'dns2.example.com.']],
      ['example.org', 'SOA', ['dns0.example.com. zone.example.com. 1790000000 43200 10800 1209600 300']],
      ['example.org', 'MX', ['10 mail.example.org.']],
      ['example.org', 'TXT', ['"v=spf1 mx -all"']],
      ['mail.example.org', 'A', ['192.0.2.25']],
      ['docs.example.org', 'CNAME', ['www.example.org.']],
      ['_sip._tcp.example.org', 'SRV', ['0 5 5060 www.example.org.']],
      ['other.example.org', 'TXT', ['"wild"']],
      ['example.net', 'A', ['192.0.2.99']],
      ['anything.example.net', 'A', ['192.0.2.99']],
      ['example.net', 'AAAA', []],
      ['9.2.0.192.in-addr.arpa', 'PTR', ['edge.example.org.']],
    ])('%s %s: %j', async (name, type, answers) => {
      expect(await ask(name, type)).toEqual(answers)
    })
  },
)
