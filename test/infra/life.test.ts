import { afterAll, expect, test } from 'vitest'
import { configurationFolder } from '../helpers/configuration.ts'
import { synthesize } from '../helpers/template.ts'

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const one of made) one.remove()
})

async function resourcesOf(networks: readonly string[], settings: object = {}, context: Record<string, string> = {}) {
  const folder = configurationFolder(networks, settings)
  const stack = await synthesize(folder.path, context)
  made.push(folder, stack)
  return stack.resources
}

type Resources = Awaited<ReturnType<typeof resourcesOf>>

/** Which resources are other, gone or new, by type; the dashboard, the people's policy and dependencies aside. */
function differences(before: Resources, after: Resources): Record<string, string[]> {
  const shared = ['AWS::CloudWatch::Dashboard', 'AWS::IAM::ManagedPolicy']
  const text = (resources: Resources, id: string) => JSON.stringify(resources[id]?.Properties)
  const found = { changed: new Set<string>(), gone: new Set<string>(), made: new Set<string>() }
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const type = (before[id] ?? after[id])?.Type ?? ''
    if (shared.includes(type) || text(before, id) === text(after, id)) continue
    found[!(id in before) ? 'made' : !(id in after) ? 'gone' : 'changed'].add(type)
  }
  return Object.fromEntries(Object.entries(found).map(([what, types]) => [what, [...types].sort()]))
}

const ofNetwork = [
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::Scheduler::Schedule',
]

test('adding a network makes its own resources, and touches no other; removing it takes those away', async () => {
  const one = await resourcesOf(['alpha'])
  const two = await resourcesOf(['alpha', 'beta'])
  expect(differences(one, two)).toEqual({ changed: [], gone: [], made: ofNetwork })
  expect(differences(two, one)).toEqual({ changed: [], gone: ofNetwork, made: [] })
})

test('renaming is removing and adding; table and bucket stay the same resources', async () => {
  const [before, after] = [await resourcesOf(['alpha']), await resourcesOf(['gamma'])]
  expect(differences(before, after)).toEqual({ changed: [], gone: ofNetwork, made: ofNetwork })
})

test('another run_frequency updates functions, schedule and alarms in place', async () => {
  const [before, after] = [await resourcesOf(['alpha']), await resourcesOf(['alpha'], { run_frequency: 300 })]
  const changed = ['AWS::CloudWatch::Alarm', 'AWS::Lambda::Function', 'AWS::Scheduler::Schedule']
  expect(differences(before, after)).toEqual({ changed, gone: [], made: [] })
})

test('adoption changes the names of table and bucket, and nothing else', async () => {
  const before = await resourcesOf(['alpha'])
  const after = await resourcesOf(['alpha'], {}, { tableName: 't', bucketName: 'b-1' })
  expect(differences(before, after)).toEqual({
    changed: ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'],
    gone: [],
    made: [],
  })
})
