import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { root } from '../../app/package-files.ts'
import { flagsOr } from '../../app/target.ts'
import { UsageError } from '../../core/domain/errors.ts'
import type { Terminal } from '../output/terminal.ts'
import { type Unit, type UnitOptions, unitsOf } from '../output/units.ts'

export interface ServiceFlags extends NetworkFlags, UnitOptions {
  readonly out?: string
}

/** Where a service has its configuration, and its state and published files, unless it is said. */
const defaults = { config: '/etc/edgemanage', local: '/var/lib/edgemanage' } as const

/** `edgemanage service`: systemd units, printed or written into a folder. Flags beat the environment, and that the defaults. */
export async function service(
  what: 'manage' | 'follow',
  flags: ServiceFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(flags.user)) throw new UsageError(`--user ${flags.user}: not a user's name`)
  const command = [process.execPath, join(root, 'dist/edgemanage.js')]
  const place = flagsOr(flags, env)
  const folders = {
    config: resolve(flags.config ?? (env.EDGEMANAGE_CONFIG || defaults.config)),
    local: resolve(place.local ?? defaults.local),
    to: resolve(flags.to),
  }
  const wrong = Object.values(folders).find(path => /[\s%"'\\$]/.test(path))
  if (wrong !== undefined) throw new UsageError(`${wrong}: systemd units cannot have these characters in a path`)
  for (const name of ['bucket', 'region', 'catalog'] as const) {
    if (/[^\w.-]/.test(flags[name] ?? '')) throw new UsageError(`--${name} ${flags[name]}: not a name`)
  }
  if (/["%\\$\p{Cc}]/u.test(flags.reload ?? '')) {
    throw new UsageError(`--reload ${flags.reload}: systemd units cannot have these characters in a command`)
  }
  const units = unitsOf(what, { ...flags, ...place, ...folders, command })
  if (flags.out === undefined) terminal.out(units.map(shown).join('\n'))
  else {
    for (const { name, text } of units) await writeFile(join(flags.out, name), text)
    const names = units.map(({ name }) => name).join(', ')
    terminal.err(`edgemanage: wrote ${names} into ${flags.out}; now: systemctl daemon-reload\n`)
  }
  return exitStatus.success
}

function shown({ name, text }: Unit): string {
  return `# /etc/systemd/system/${name}\n${text}`
}
