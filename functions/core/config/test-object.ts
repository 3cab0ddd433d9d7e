import { createHash } from 'node:crypto'
import { messageOf } from '../domain/message.ts'
import type { TestObject } from './network.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './settings.ts'
import { type SettingsFile, settingsPath } from './settings-file.ts'
import type { ConfigOptions, ConfigSource } from './source.ts'

/** The local copy of a network's test object; null where it cannot be used. */
export function readTestObject(
  network: string,
  settings: Settings,
  source: ConfigSource,
  { absolutePaths, settingsFile }: ConfigOptions & { readonly settingsFile: SettingsFile },
): { object: TestObject | null; problems: Problem[] } {
  const path = settings.testobject.local
  // Said already: the settings file names no copy that could be used.
  if (path === '') return { object: null, problems: [] }
  const place = settingsFile.placeOf(network, ['testobject', 'local'])
  const problem = (severity: Problem['severity'], message: string): Problem => {
    return {
      severity,
      file: settingsPath,
      ...place,
      message: `testobject.local: ${message}`,
      network,
      scope: 'settings',
    }
  }
  const why = whyOutside(path, source)
  const outside = why === null ? [] : [problem(absolutePaths, why)]
  const found = readBytes(source, path)
  if (typeof found === 'string') return { object: null, problems: [...outside, problem('error', `${path} ${found}`)] }
  const sha256 = createHash('sha256').update(found).digest('hex')
  return { object: { sha256, bytes: found.length }, problems: outside }
}

/** What leads out of the folder: the path as it is written, or a symbolic link that it names; null if nothing does. */
function whyOutside(path: string, source: ConfigSource): string | null {
  if (leavesFolder(path)) return `${path} is outside of the configuration folder`
  const leadsTo = source.outside?.(path) ?? null
  return leadsTo === null ? null : `${path} is a symbolic link to ${leadsTo}, outside of the configuration folder`
}

function leavesFolder(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..')
}

function readBytes(source: ConfigSource, path: string): Uint8Array | string {
  try {
    const bytes = source.read(path)
    if (bytes === null) return 'is missing'
    return bytes.length === 0 ? 'is empty' : bytes
  } catch (error) {
    return `cannot be read: ${messageOf(error)}`
  }
}
