import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

// `npm run release -- VERSION [--yes]`: version, changelog, commit and tag, packed tarball. Without --yes it only says so.
const [version = '', ...flags] = process.argv.slice(2)
const isReal = flags.includes('--yes')
const changelog = readFileSync('CHANGELOG.md', 'utf8')
const today = new Date().toISOString().slice(0, 10)

function fail(why: string): never {
  process.stderr.write(`release: ${why}\n`)
  process.exit(2)
}

/** Runs a command that changes something, or only shows it. */
function step(command: string, ...args: readonly string[]): void {
  process.stdout.write(`${isReal ? '' : 'would run: '}${[command, ...args].join(' ')}\n`)
  if (isReal) execFileSync(command, args, { stdio: 'inherit' })
}

if (!/^\d+\.\d+\.\d+$/.test(version)) fail('say which version: npm run release -- 1.2.0 [--yes]')
if (!changelog.includes('## [Unreleased]\n')) fail('CHANGELOG.md has no section "Unreleased"')
if (changelog.includes(`## [${version}]`)) fail(`CHANGELOG.md has a section ${version} already`)
const isDirty = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }) !== ''
if (isReal && isDirty) fail('the working tree has changes that are not committed')

step('npm', 'version', version, '--no-git-tag-version')
process.stdout.write(`${isReal ? '' : 'would write: '}CHANGELOG.md, section ${version} - ${today}\n`)
if (isReal) {
  writeFileSync(
    'CHANGELOG.md',
    changelog.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${today}\n`),
  )
}
step('git', 'commit', '-am', `Release ${version}`)
step('git', 'tag', '-a', `v${version}`, '-m', version)
step('npm', 'pack')
