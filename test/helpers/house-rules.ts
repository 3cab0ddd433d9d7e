/** A folder of the house: what its files may import. Folders are whole paths; files beside each other always may. */
export interface Room {
  readonly folder: string
  readonly imports: readonly string[]
  /** Packages and Node's own modules: each a name, or the beginning of one before `/`; `node:` stands for all of Node's. */
  readonly packages: readonly string[]
}

const core = (...names: readonly string[]) => names.map(name => `functions/core/${name}`)
const cycle = (...names: readonly string[]) => names.map(name => `functions/cycle/${name}`)
const adapters = (...names: readonly string[]) => names.map(name => `functions/adapters/${name}`)

/** The folders of core from the bottom up; each may import all that are further down, and none beside it. */
const floors: readonly (readonly string[])[] = [
  ['domain'],
  ['zone'],
  ['config'],
  ['history', 'orders', 'operation'],
  ['state'],
  ['judgement', 'route53'],
  ['live-set', 'publication'],
  ['decision', 'following'],
  ['report', 'legacy'],
  ['inspect'],
  ['status-page', 'replay'],
]

/** Packages of core: what is pure, and the two languages that it reads and writes. */
const corePackages: Readonly<Record<string, readonly string[]>> = {
  zone: ['handlebars', 'ipaddr.js', 'node:crypto'],
  config: ['ipaddr.js', 'yaml', 'zod', 'node:crypto'],
  history: ['node:crypto'],
  route53: ['node:crypto'],
  publication: ['node:crypto'],
  legacy: ['yaml'],
  replay: ['handlebars'],
  'status-page': ['handlebars'],
}

const allCore = core(...floors.flat())
const ports = cycle('ports')
const allCycle = ['functions/cycle', ...cycle('configuration', 'flow', 'ports', 'probing', 'publishing', 'route53')]
const allAdapters = adapters(
  'aws',
  'embedded',
  'files',
  'name-server',
  'outside',
  'probe',
  'probe/dns',
  'table',
  'time',
)
/** Adapters that open nothing: functions over files and clocks, and types. */
const plainAdapters = adapters('embedded', 'files', 'probe', 'table', 'time')

const allApp = ['functions/app', 'functions/app/configuration', 'functions/app/following']

const coreRooms: readonly Room[] = floors.flatMap((floor, level) =>
  floor.map(name => ({
    folder: `functions/core/${name}`,
    imports: core(...floors.slice(0, level).flat()),
    packages: corePackages[name] ?? [],
  })),
)

function room(folder: string, packages: readonly string[], ...imports: readonly (readonly string[])[]): Room {
  return { folder, packages, imports: imports.flat() }
}

/** Every folder with code below `functions` and `infra` (design, "The house"). A folder that is missing here fails a test. */
export const rooms: readonly Room[] = [
  ...coreRooms,
  room('functions/cycle/ports', [], allCore),
  room('functions/cycle/flow', [], allCore, ports),
  room('functions/cycle/probing', [], allCore, ports, cycle('flow')),
  room('functions/cycle/route53', [], allCore, ports, cycle('flow')),
  room('functions/cycle/publishing', [], allCore, ports, cycle('flow', 'route53')),
  room('functions/cycle/configuration', [], allCore, ports, cycle('flow')),
  room('functions/cycle', [], allCore, cycle('configuration', 'flow', 'ports', 'probing', 'publishing', 'route53')),
  room('functions/adapters/time', [], ports),
  room('functions/adapters/outside', ['node:'], allCore, ports),
  room('functions/adapters/files', ['node:'], allCore, ports),
  room('functions/adapters/name-server', ['node:'], allCore, ports),
  room('functions/adapters/aws', ['node:', '@aws-sdk', 'zod'], allCore, ports),
  room('functions/adapters/table', ['node:', '@aws-sdk/client-dynamodb', 'zod'], allCore, ports, adapters('aws')),
  room('functions/adapters/embedded', ['node:', 'libsql', 'classic-level'], allCore, ports, adapters('files', 'table')),
  room('functions/adapters/probe/dns', ['node:', 'dns-packet'], allCore, ports, adapters('aws')),
  room('functions/adapters/probe/http', ['node:'], allCore, ports, adapters('probe/dns', 'time')),
  room('functions/adapters/probe', ['node:'], allCore, ports, adapters('probe/dns', 'probe/http', 'time')),
  room('functions/app/following', ['node:'], allCore, allCycle, allAdapters, ['functions/app']),
  room('functions/app/configuration', ['node:'], allCore, allCycle, allAdapters, ['functions/app']),
  room('functions/app', ['node:', '@aws-sdk/client-cloudformation'], allCore, allCycle, allAdapters),
  room('functions/lambda', ['node:', 'zod', '@aws-lambda-powertools', 'aws-lambda'], allCore, allCycle, allAdapters),
  room('functions', ['aws-lambda'], allCore, allCycle, ['functions/lambda'], adapters('files', 'time')),
  room('functions/library', ['node:'], allCore, allCycle, allApp, plainAdapters),
  room('functions/cli/output', ['commander', 'diff'], allCore, ports, ['functions/app']),
  room('functions/cli/input', ['node:', 'commander'], allCore, ['functions/app', 'functions/cli/output']),
  room(
    'functions/cli/commands',
    ['node:', 'commander', 'diff'],
    ...[allCore, allCycle, plainAdapters, allApp, ['functions/cli/input', 'functions/cli/output']],
  ),
  room(
    'functions/cli',
    ['node:', 'commander'],
    ...[allCore, ['functions/app', 'functions/cli/commands', 'functions/cli/input', 'functions/cli/output']],
  ),
  room(
    'infra',
    ['node:', 'aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild', 'ipaddr.js', 'yaml'],
    ...[core('config', 'domain', 'operation', 'route53', 'zone'), adapters('files')],
  ),
  room('infra/sample', ['node:'], core('config'), adapters('files')),
]

/** Where adapters are put together: nothing else calls what creates one. */
export const compositionRoots: readonly string[] = [
  'functions/app',
  'functions/app/configuration',
  'functions/app/following',
  'functions/lambda',
]
