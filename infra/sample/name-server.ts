import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'dist/edgemanage.js')
/** The sample's key is nobody's secret: it lets processes of this machine ask a name server that serves this machine alone. */
const secret = 'c2FtcGxlIHNhbXBsZSBzYW1wbGUgc2FtcGxlIHNhbXA='
const everySeconds = 2

/** A flag's value among the arguments, or what stands for it. */
function flag(name: string, otherwise: string): string {
  const at = process.argv.lastIndexOf(name)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

/** Brings up a name server on loopback that follows the sample's bucket, until it is stopped. */
async function start(): Promise<void> {
  const storage = resolve(flag('--local', join(root, '.local')))
  const port = Number(flag('--port', '5300'))
  if (!existsSync(join(storage, 'bucket'))) throw new Error('nothing is published yet: run npm start first')
  const folder = join(storage, 'name-server')
  const served = join(folder, 'zones')
  mkdirSync(folder, { recursive: true })
  const conf = writeConfiguration(folder, served, port)
  const path = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`
  const env = { ...process.env, PATH: path }
  const follow = ['follow', '-A', 'sample', '-c', join(root, 'config'), '--local', storage, '--to', served, '--reload']
  // Nobody is there to ask yet.
  const first = spawnSync(process.execPath, [command, ...follow, 'true'], { stdio: 'inherit', env })
  if (first.status !== 0) throw new Error('the zones could not be fetched')
  const named = spawn('named', ['-f', '-n', '1', '-c', conf], { stdio: 'inherit', env })
  const words = [
    ...follow,
    `rndc -s 127.0.0.1 -p ${port + 1} -k ${join(folder, 'rndc.key')}`,
    '--every',
    `${everySeconds}`,
  ]
  const follower = spawn(process.execPath, [command, ...words], { stdio: 'inherit', env })
  process.stdout.write(
    `\nA name server follows the sample. Ask it:\n  dig @127.0.0.1 -p ${port} +short example.org A\n`,
  )
  await Promise.race([ended(named, 'named'), ended(follower, 'follow')]).finally(() => {
    for (const child of [named, follower]) child.kill('SIGTERM')
  })
}

function writeConfiguration(folder: string, served: string, port: number): string {
  const key = join(folder, 'rndc.key')
  writeFileSync(key, `key "sample" { algorithm hmac-sha256; secret "${secret}"; };\n`)
  const conf = join(folder, 'named.conf')
  writeFileSync(
    conf,
    `include "${key}";
controls { inet 127.0.0.1 port ${port + 1} allow { 127.0.0.1; } keys { "sample"; }; };
options {
    directory "${folder}"; managed-keys-directory "${folder}"; pid-file none; session-keyfile none;
    listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
    recursion no; notify no; dnssec-validation no; allow-transfer { none; };
};
include "${served}/edgemanage.conf";
`,
  )
  return conf
}

/** Resolves when it is stopped by a signal; rejects where it ends by itself. */
function ended(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    child.once('error', error => reject(new Error(`${name} cannot be started: ${error.message}`)))
    child.once('exit', code => reject(new Error(`${name} ended with status ${code}`)))
  })
}

try {
  if (!existsSync(command)) throw new Error('dist/ is not built: run "npm run build" first')
  await start()
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
