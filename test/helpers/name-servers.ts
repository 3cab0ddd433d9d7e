import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { toolOr } from './debian.ts'
import { freePort } from './free-port.ts'

/** BIND's programs; null where one is missing: tests that want them are skipped then. */
export function bindPrograms() {
  const [named, rndc, dig, checkconf] = ['named', 'rndc', 'dig', 'named-checkconf'].map(toolOr)
  return named && rndc && dig && checkconf ? { named, rndc, dig, checkconf } : null
}

/** A primary that includes what a follower writes, and a secondary that knows nothing but the catalog zone. */
export interface Bind {
  /** The command for `--reload`. */
  readonly reload: string
  /** The ports of the primary and the secondary on 127.0.0.1. */
  readonly ports: { readonly primary: number; readonly secondary: number }
  /** What `named-checkconf -z` has against the whole configuration of the primary; empty: nothing. */
  readonly check: () => Promise<string>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** The answers to a question, sorted; it is asked again and again until they are these, for some seconds. */
  readonly until: (port: number, name: string, type: string, answers: readonly string[]) => Promise<void>
  readonly ask: (port: number, name: string, type: string) => Promise<string[]>
}

type Programs = NonNullable<ReturnType<typeof bindPrograms>>

/** Writes the configurations of both into a folder; `served`: the folder that the follower keeps. */
export async function bindBeside(folder: string, served: string, programs: Programs, catalog: string): Promise<Bind> {
  const ports = { primary: await freePort(), secondary: await freePort() }
  const control = await freePort()
  const key = join(folder, 'rndc.key')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    key,
    'key "rndc-key" { algorithm hmac-sha256; secret "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="; };\n',
  )
  const common = (own: string, port: number) => `directory "${own}"; managed-keys-directory "${own}"; pid-file none;
    session-keyfile none; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no;
    dnssec-validation no;`
  const conf = (name: string) => join(folder, name, 'named.conf')
  for (const name of ['primary', 'secondary']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    conf('primary'),
    `include "${key}";
controls { inet 127.0.0.1 port ${control} allow { 127.0.0.1; } keys { "rndc-key"; }; };
options { ${common(join(folder, 'primary'), ports.primary)}
  allow-transfer { any; }; notify explicit; also-notify { 127.0.0.1 port ${ports.secondary}; }; notify-delay 0; };
include "${served}/edgemanage.conf";
`,
  )
  const from = `127.0.0.1 port ${ports.primary}`
  writeFileSync(
    conf('secondary'),
    `controls { };
options { ${common(join(folder, 'secondary'), ports.secondary)} notify no; allow-transfer { none; };
  catalog-zones { zone "${catalog}" default-primaries { ${from}; } min-update-interval 1; }; };
zone "${catalog}" { type secondary; file "catalog.zone"; primaries { ${from}; }; };
`,
  )
  const servers: ChildProcess[] = []
  const ask = (port: number, name: string, type: string) => askServer(programs.dig, port, name, type)
  return {
    reload: `${programs.rndc} -s 127.0.0.1 -p ${control} -k ${key}`,
    ports,
    check: async () => {
      const { stdout } = await promisify(execFile)(programs.checkconf, ['-z', conf('primary')]).catch(error => error)
      return stdout
        .split('\n')
        .filter((line: string) => line !== '' && !/: loaded serial \d+$/.test(line))
        .join('\n')
    },
    start: async () => {
      for (const name of ['primary', 'secondary'] as const) {
        servers.push(
          spawn(programs.named, ['-n', '1', '-c', conf(name), '-g'], {
            stdio: ['ignore', 'ignore', openSync(join(folder, `${name}.log`), 'a')],
          }),
        )
        await untilAnswering(() => ask(ports[name], 'nowhere.invalid', 'SOA'))
      }
    },
    stop: async () => {
      for (const server of servers.splice(0)) {
        if (server.exitCode !== null || server.signalCode !== null) continue
        const ended = once(server, 'exit')
        server.kill('SIGKILL')
        await ended
      }
    },
    ask,
    until: async (port, name, type, answers) => {
      const wanted = [...answers].sort().join()
      let found = ''
      for (const until = Date.now() + 20_000; Date.now() < until; await pause(100)) {
        found = (await ask(port, name, type).catch(() => ['?'])).join()
        if (found === wanted) return
      }
      throw new Error(`${name} ${type} at port ${port}: ${found || 'nothing'} instead of ${wanted || 'nothing'}`)
    },
  }
}

async function askServer(dig: string, port: number, name: string, type: string): Promise<string[]> {
  const flags = ['@127.0.0.1', '-p', String(port), '+short', '+norecurse', '+time=1', '+tries=1', name, type]
  const { stdout } = await promisify(execFile)(dig, flags)
  return stdout.split('\n').filter(Boolean).sort()
}

async function untilAnswering(ask: () => Promise<unknown>): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(100)) {
    const isUp = await ask().then(
      () => true,
      () => false,
    )
    if (isUp) return
  }
  throw new Error('named does not answer')
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
