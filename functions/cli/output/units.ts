/** A systemd unit: the name of its file, and its text. */
export interface Unit {
  readonly name: string
  readonly text: string
}

/** What an operator may say of a unit. */
export interface UnitOptions {
  readonly user: string
  /** Seconds. */
  readonly every: number
  readonly timer?: boolean
  /** `follow`: the folder of the zones beside the name server. */
  readonly to: string
  /** `follow`: the bucket, where that needs no looking up; and what else it is to be called with. */
  readonly bucket?: string
  readonly region?: string
  readonly reload?: string
  readonly catalog?: string
}

/** What the units run, where, and as whom. Paths are absolute, without blanks and quotes. */
export interface UnitFacts extends UnitOptions {
  /** Node and the script, each absolute. */
  readonly command: readonly string[]
  readonly dnet?: string
  readonly config: string
  readonly local: string
  readonly stack?: string
}

/** Ends a run that hangs: the longest run and its lease, with some to spare. Seconds. */
const maxStopSeconds = 90

/** The units that run `manage` or `follow`: one that goes on, or one that a timer starts. */
export function unitsOf(what: 'manage' | 'follow', facts: UnitFacts): Unit[] {
  const name = what === 'manage' ? 'edgemanage' : 'edgemanage-follow'
  const service = { name: `${name}.service`, text: serviceText(what, facts) }
  return facts.timer === true ? [service, { name: `${name}.timer`, text: timerText(what, facts) }] : [service]
}

function serviceText(what: 'manage' | 'follow', facts: UnitFacts): string {
  const goesOn = facts.timer !== true
  const lines = [
    '[Unit]',
    `Description=edgemanage ${what}${facts.dnet === undefined ? '' : ` of ${facts.dnet}`}`,
    'Documentation=man:edgemanage(1)',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    `Type=${goesOn ? 'exec' : 'oneshot'}`,
    `ExecStart=${[...facts.command, what, ...argumentsOf(what, facts)].join(' ')}`,
    ...(goesOn && what === 'manage' ? ['ExecReload=kill -HUP $MAINPID'] : []),
    ...(goesOn ? ['Restart=always', 'RestartSec=5'] : []),
    `TimeoutStopSec=${maxStopSeconds}`,
    ...environment(what, facts),
    `User=${facts.user}`,
    `Group=${facts.user}`,
    ...hardening(what, facts),
    ...(goesOn ? ['', '[Install]', 'WantedBy=multi-user.target'] : []),
  ]
  return `${lines.join('\n')}\n`
}

function argumentsOf(what: 'manage' | 'follow', facts: UnitFacts): string[] {
  const { dnet, config, every, timer } = facts
  return [
    ...(dnet === undefined ? [] : ['-A', dnet]),
    ...['-c', config],
    ...placeOf(what, facts),
    ...(what === 'follow' ? followArguments(facts) : ['--quiet']),
    ...(timer === true ? [] : ['--every', String(every)]),
  ]
}

function placeOf(what: 'manage' | 'follow', { local, stack, bucket }: UnitFacts): string[] {
  if (what === 'follow' && bucket !== undefined) return []
  return stack === undefined ? ['--local', local] : ['--stack', stack]
}

function followArguments({ to, reload, catalog }: UnitFacts): string[] {
  return [
    ...['--to', to],
    ...(reload === undefined ? [] : ['--reload', `"${reload}"`]),
    ...(catalog === undefined ? [] : ['--catalog', catalog]),
  ]
}

function environment(what: 'manage' | 'follow', { bucket, region }: UnitFacts): string[] {
  if (what === 'manage' || bucket === undefined) return []
  return [`Environment=BUCKET_NAME=${bucket}${region === undefined ? '' : ` AWS_REGION=${region}`}`]
}

/** What the process must not do: it needs sockets, its own folder, and nothing else. */
function hardening(what: 'manage' | 'follow', { local, stack, to }: UnitFacts): string[] {
  const written = [...(stack === undefined && what === 'manage' ? [local] : []), ...(what === 'follow' ? [to] : [])]
  return [
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'AmbientCapabilities=',
    'ProtectSystem=strict',
    ...written.map(path => `ReadWritePaths=${path}`),
    ...['ProtectHome=read-only', 'PrivateTmp=yes', 'PrivateDevices=yes', 'ProtectClock=yes', 'ProtectHostname=yes'],
    ...['ProtectKernelLogs=yes', 'ProtectKernelModules=yes', 'ProtectKernelTunables=yes', 'ProtectControlGroups=yes'],
    ...['RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX', 'RestrictNamespaces=yes', 'RestrictRealtime=yes'],
    ...['RestrictSUIDSGID=yes', 'LockPersonality=yes', 'RemoveIPC=yes', 'UMask=0022'],
    ...['SystemCallArchitectures=native', 'SystemCallFilter=@system-service', 'SystemCallErrorNumber=EPERM'],
  ]
}

function timerText(what: 'manage' | 'follow', { every }: UnitFacts): string {
  const lines = [
    '[Unit]',
    `Description=edgemanage ${what}, every ${every} s`,
    '',
    '[Timer]',
    `OnActiveSec=1`,
    `OnUnitActiveSec=${every}`,
    'AccuracySec=1',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ]
  return `${lines.join('\n')}\n`
}
