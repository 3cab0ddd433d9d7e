import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configFolder } from '../../../../functions/adapters/files/config-folder.ts'
import { loadConfiguration } from '../../../../functions/core/config/configuration.ts'
import { formatProblem, type Problem } from '../../../../functions/core/config/problem.ts'
import { type ConfigurationFolder, configurationFolder } from '../../../helpers/configuration.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

let outside: string
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'edgemanage-outside-'))
  writeFileSync(join(outside, 'file'), '192.0.2.200\n')
  mkdirSync(join(outside, 'folder'))
})
afterAll(() => rmSync(outside, { recursive: true, force: true }))

/** Everything that is read as a file, and what an error of it stops. */
const places: [path: string, scope: Problem['scope']][] = [
  ['edgemanage.yaml', 'settings'],
  ['edges/net', 'edges'],
  ['canaries/net', 'canaries'],
  ['zones/net/net.example.zone', 'zone'],
  ['objects/object', 'settings'],
]

/** What may stand in a file's place, and what is said of it. */
const strangers: [kind: string, make: (path: string) => void, said: RegExp][] = [
  ['a named pipe', path => execFileSync('mkfifo', [path]), /it is a named pipe, not a file/],
  ['a folder', path => mkdirSync(path), /it is a folder, not a file/],
  ['a link to an endless device', path => symlinkSync('/dev/zero', path), /it is a device, not a file/],
  ['a link to a device that waits', path => symlinkSync('/dev/tty', path), /it is a device, not a file/],
  ['a link to itself', path => symlinkSync(path, path), /ELOOP/],
  ['a link to nothing', path => symlinkSync('/nowhere/at/all', path), /is missing/],
  [
    'a file of no end',
    path => {
      writeFileSync(path, '')
      truncateSync(path, 8 * 1024 ** 3)
    },
    /it is longer than 64 MB/,
  ],
  [
    'a file that is too long for text',
    path => {
      writeFileSync(path, 'a')
      truncateSync(path, 20 * 1024 ** 2)
    },
    /is longer than 16 MB/,
  ],
]

function withFolder<T>(work: (folder: ConfigurationFolder) => T): T {
  const folder = configurationFolder(['net'])
  folder.write('canaries/net', '')
  try {
    return work(folder)
  } finally {
    folder.remove()
  }
}

const problemsOf = ({ path }: ConfigurationFolder, absolutePaths: 'warning' | 'error' = 'warning') =>
  loadConfiguration(configFolder(path), { absolutePaths }).problems

describe.each(strangers)('%s', (kind, make, said) => {
  const isForObject = !kind.includes('too long for text')
  test.each(places.filter(([path]) => isForObject || path !== 'objects/object'))(
    'in the place of %s is an error at once',
    (path, scope) => {
      withFolder(folder => {
        rmSync(join(folder.path, path))
        make(join(folder.path, path))
        const started = performance.now()
        const errors = problemsOf(folder).filter(({ severity }) => severity === 'error')
        expect(errors.map(formatProblem).join('\n')).toMatch(said)
        expect(errors.every(error => error.scope === scope)).toBe(true)
        expect(performance.now() - started).toBeLessThan(2_000)
      })
    },
  )
})

test('a socket is no file', async () => {
  const path = join(outside, 'socket')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(path, resolve))
  expect(() => configFolder(outside).read('socket')).toThrow('it is a socket, not a file')
  await new Promise(resolve => server.close(resolve))
})

test('a file that claims to be empty is read to its end all the same, and an empty one is empty', () => {
  expect(Buffer.from(configFolder('/proc/self').read('status') ?? []).toString()).toContain('Name:')
  withFolder(folder => expect(configFolder(folder.path).read('canaries/net')).toHaveLength(0))
})

test('what is not there is null, whatever stands above it', () => {
  withFolder(({ path }) => {
    const source = configFolder(path)
    expect([source.read('none'), source.read('edgemanage.yaml/x'), source.list('none')]).toEqual([null, null, null])
  })
})

describe('a folder', () => {
  test.each([
    ['a file', (path: string) => writeFileSync(path, ''), 'cannot be listed: it is not a folder'],
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path]), 'cannot be listed: it is not a folder'],
    [
      'a link to nothing',
      (path: string) => symlinkSync('/nowhere', path),
      'cannot be listed: it is a symbolic link to a folder that does not exist',
    ],
  ])('of zones that is %s loses no zone without a word', measuresTime, (_kind, make, said) => {
    withFolder(folder => {
      rmSync(join(folder.path, 'zones/net'), { recursive: true })
      make(join(folder.path, 'zones/net'))
      expect(problemsOf(folder)).toMatchObject([
        { severity: 'error', file: 'zones/net', network: 'net', message: said },
      ])
    })
  })
})

describe('symbolic links', () => {
  test.each(places)('%s may be one within the folder', path => {
    withFolder(folder => {
      const content = configFolder(folder.path).read(path) ?? new Uint8Array()
      folder.write(`..data/${path}`, Buffer.from(content).toString())
      rmSync(join(folder.path, path))
      symlinkSync(join(folder.path, '..data', path), join(folder.path, path))
      expect(problemsOf(folder, 'error')).toEqual([])
    })
  })

  test('the folder itself may be one, and a folder in it', () => {
    withFolder(folder => {
      symlinkSync(folder.path, join(outside, 'config'))
      expect(loadConfiguration(configFolder(join(outside, 'config')), { absolutePaths: 'error' }).problems).toEqual([])
    })
  })

  test.each(places)('%s outside of the folder is a warning on the command line and an error in a deploy', path => {
    withFolder(folder => {
      const target = join(outside, path.replaceAll('/', '-'))
      writeFileSync(target, Buffer.from(configFolder(folder.path).read(path) ?? []))
      rmSync(join(folder.path, path))
      symlinkSync(target, join(folder.path, path))
      for (const severity of ['warning', 'error'] as const) {
        const [problem, ...others] = problemsOf(folder, severity)
        expect(problem).toMatchObject({ severity, file: path === 'objects/object' ? 'edgemanage.yaml' : path })
        expect(problem?.message).toContain(`symbolic link to ${target}`)
        expect(others).toEqual([])
      }
    })
  })

  test.each(['edges', 'canaries', 'zones', 'zones/net', 'objects'])(
    'a folder %s outside is told of its files',
    folderName => {
      withFolder(folder => {
        const target = mkdtempSync(join(outside, 'moved-'))
        execFileSync('cp', ['-r', `${join(folder.path, folderName)}/.`, target])
        rmSync(join(folder.path, folderName), { recursive: true })
        symlinkSync(target, join(folder.path, folderName))
        expect(problemsOf(folder, 'error')).toMatchObject([{ severity: 'error' }])
      })
    },
  )

  test.each(['/etc/hostname', '../object', 'objects/../../object'])(
    'a path that leads outside by itself: %s',
    local => {
      const folder = configurationFolder(['net'], { testobject: { host: 'h.example', uri: '/', local } })
      expect(problemsOf(folder, 'error')[0]).toMatchObject({ severity: 'error', file: 'edgemanage.yaml' })
      folder.remove()
    },
  )

  test('where nothing can be said of a path, nothing is', () => {
    withFolder(({ path }) => {
      const { outside: leadsTo } = configFolder(path)
      expect([leadsTo?.('none/at/all'), leadsTo?.('edges/net'), leadsTo?.(`${'x'.repeat(5_000)}/y`)]).toEqual([
        null,
        null,
        null,
      ])
      expect(configFolder(join(path, 'none')).outside?.('edges/net')).toBeNull()
    })
  })
})
