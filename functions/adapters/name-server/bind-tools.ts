import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { oneLine } from '../../core/domain/printable.ts'
import { confReason, zoneReason, zoneVerdicts } from '../../core/following/verdicts.ts'
import type { AskServer, NameServerChecks } from '../../cycle/ports/following.ts'
import { pathWithTools, runProgram } from './run-program.ts'

/** BIND's programs that judge zones and configurations. */
export const checkPrograms = ['named-checkzone', 'named-checkconf'] as const

const oneZone = { timeoutMs: 30_000, maxBytes: 64 * 1024 }
const manyZones = { timeoutMs: 180_000, maxBytes: 64 * 1024 * 1024 }
const request = { timeoutMs: 30_000, maxBytes: 16 * 1024 }

/** Where a program is, in the PATH or where systems have the tools of a name server; null where there is none. */
export function findProgram(name: string, path = process.env.PATH): string | null {
  const places = pathWithTools(path)
    .split(delimiter)
    .filter(Boolean)
    .map(folder => join(folder, name))
  return places.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The checks of BIND 9, by the paths of its two programs. */
export function bindChecks(checkzone: string, checkconf: string): NameServerChecks {
  return {
    zone: async ({ zone, file }) => {
      const { status, output, trouble } = await runProgram(checkzone, ['-i', 'local', zone, file], oneZone)
      if (trouble !== null) return `named-checkzone: ${trouble}`
      return status === 0 ? null : zoneReason(output, file)
    },
    zones: async (zones, { file }) => {
      const { output, trouble } = await runProgram(checkconf, ['-z', file], manyZones)
      const verdicts = zoneVerdicts(output, zones)
      if (trouble === null) return verdicts
      return new Map([...verdicts].map(([zone, fault]) => [zone, fault && `named-checkconf: ${trouble}`]))
    },
    conf: async ({ file }) => {
      const { status, output, trouble } = await runProgram(checkconf, [file], manyZones)
      if (trouble !== null) return `named-checkconf: ${trouble}`
      return status === 0 ? null : confReason(output, file)
    },
  }
}

/** Asks a name server by a command of the operator's, as a shell has it; the words are added to it. */
export function serverBy(command: string): AskServer {
  return async words => {
    const args = ['-c', `${command} "$@"`, 'edgemanage', ...words]
    const { status, output, trouble } = await runProgram('/bin/sh', args, request)
    if (trouble !== null) return trouble
    return status === 0 ? null : oneLine(output) || `it ended with status ${status}`
  }
}
