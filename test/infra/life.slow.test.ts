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

test('adding a network makes its own resources, and replaces nothing of another; removing it takes those away', async () => {
  // The functions of the others learn which zones it has: their code changes, in place (behaviour §7.6).
  const changed = ['AWS::Lambda::Function']
  const one = await resourcesOf(['alpha'])
  const two = await resourcesOf(['alpha', 'beta'])
  expect(differences(one, two)).toEqual({ changed, gone: [], made: ofNetwork })
  expect(differences(two, one)).toEqual({ changed, gone: ofNetwork, made: [] })
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

test('in a second stack a network has its own names of functions and schedule again, and other storage', async () => {
  const [first, second] = [await resourcesOf(['alpha']), await resourcesOf(['alpha'], {}, { stackName: 'second' })]
  const namesIn = (resources: Resources, type: string, name: string) =>
    Object.values(resources).flatMap(({ Type, Properties }) => (Type === type ? [String(Properties[name])] : []))
  // So an account and region holds a network once: the first stack has to let go of it.
  for (const [type, name] of [
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::Scheduler::Schedule', 'Name'],
    ['AWS::Logs::LogGroup', 'LogGroupName'],
  ] as const) {
    expect(namesIn(first, type, name).length).toBeGreaterThan(0)
    expect(namesIn(second, type, name)).toEqual(namesIn(first, type, name))
  }
  // Names of its own, which CloudFormation makes of the stack's.
  for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket']) {
    const [storage, ...others] = Object.values(second).filter(({ Type }) => Type === type)
    expect(others).toEqual([])
    expect(Object.keys(storage?.Properties ?? {})).not.toContain(
      type === 'AWS::S3::Bucket' ? 'BucketName' : 'TableName',
    )
  }
})

test("moving to a second stack takes from the first what was the network's, and gives it to the second", async () => {
  const [both, left] = [await resourcesOf(['alpha', 'moving']), await resourcesOf(['alpha'])]
  const changed = ['AWS::Lambda::Function']
  expect(differences(both, left)).toEqual({ changed, gone: ofNetwork, made: [] })
  const other = { stackName: 'second' }
  const [before, after] = [await resourcesOf(['beta'], {}, other), await resourcesOf(['beta', 'moving'], {}, other)]
  expect(differences(before, after)).toEqual({ changed, gone: [], made: ofNetwork })
})

test('deleting the stack leaves table and bucket behind, and nothing else', async () => {
  const resources = await resourcesOf(['alpha'])
  const kept = Object.values(resources).filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')
  expect(kept.map(({ Type }) => Type).sort()).toEqual(['AWS::DynamoDB::Table', 'AWS::S3::Bucket'])
})
