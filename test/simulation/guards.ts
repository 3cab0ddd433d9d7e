import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { copySource, type Patch } from '../mutation/copy.ts'
import { configurationGuards } from './configuration/guards.ts'

const cycle = 'functions/cycle/cycle.ts'
const table = 'functions/adapters/table'

/** Guards of the cycle, and faults that the simulation has found, each with what brings it back. */
export const guards: Readonly<Record<string, readonly Patch[]>> = {
  lease: [
    {
      file: `${table}/lease.ts`,
      from: "outside('leaseUntil', now, now + absurdMs)",
      to: "outside('leaseUntil', now + absurdMs, now)",
    },
  ],
  'lease-when-saving': [
    { file: `${table}/guarded.ts`, from: 'if (clock() >= lease.until) throw', to: 'if (clock() < 0) throw' },
  ],
  'lease-when-publishing': [
    {
      file: 'functions/cycle/publish-decided.ts',
      from: 'Math.min(lease.until, publishingEndsAt(cycle))',
      to: '8e15 + 0 * Math.min(lease.until, publishingEndsAt(cycle))',
    },
  ],
  'record-first': [
    {
      file: cycle,
      from: '  await ports.table.record(lease, recordingOf(decided, cycle))\n  course.recorded = true\n',
      to: '',
    },
    {
      file: cycle,
      from: '  await ports.table.finish(lease, settledOf(decided, { ...course, told }, now, status))\n',
      to: '  await ports.table.record(lease, recordingOf(decided, cycle))\n  course.recorded = true\n  await ports.table.finish(lease, settledOf(decided, { ...course, told }, now, status))\n',
    },
  ],
  due: [
    {
      file: 'functions/core/publication/zone-plan.ts',
      from: "  if (record.due) return 'an earlier write was not confirmed'\n",
      to: '',
    },
  ],
  'due-files': [
    {
      file: 'functions/core/publication/zone-plan.ts',
      from: "  if (known.due) return 'an earlier write was not confirmed'\n",
      to: '',
    },
  ],
  empty: [
    {
      file: 'functions/core/decision/decide.ts',
      from: 'liveSet.decided.length === 0 ? [] : liveSet.live',
      to: 'liveSet.live',
    },
    { file: 'functions/core/publication/publication.ts', from: '  if (plan.live.length === 0) return null\n', to: '' },
    {
      file: 'functions/core/zone/render.ts',
      from: 'if (data.addresses.length === 0) throw',
      to: 'if (data.zone === "") throw',
    },
  ],
  'empty-decided': [
    {
      file: 'functions/core/decision/decide.ts',
      from: 'liveSet.decided.length === 0 ? [] : liveSet.live',
      to: 'liveSet.live',
    },
  ],
  'empty-publication': [
    { file: 'functions/core/publication/publication.ts', from: '  if (plan.live.length === 0) return null\n', to: '' },
  ],
  'consistent-read': [
    {
      file: `${table}/dynamodb-rows.ts`,
      from: '        ConsistentRead: true,\n        ...(limit === undefined ? {}',
      to: '        ...(limit === undefined ? {}',
    },
  ],
  disputes: [
    {
      file: 'functions/core/judgement/verdict.ts',
      from: "verdict?.verdict === 'disputed' ? {",
      to: "verdict?.verdict === 'confirmed' && assessed.judgement === null ? {",
    },
  ],
  'half of the votes': [
    {
      file: 'functions/core/judgement/verdict.ts',
      from: 'return ok * 2 >= votes.length + proberItself',
      to: 'return ok * 2 > votes.length + proberItself',
    },
  ],
  'votes of another version': [
    {
      file: 'functions/adapters/aws/vantage-points.ts',
      from: 'head !== undefined && head.version !== vantageVersion',
      to: 'head !== undefined && head.version === undefined',
    },
  ],
  'votes of a strange form': [
    {
      file: 'functions/adapters/aws/vantage-points.ts',
      from: 'byName.size < data.outcomes.length',
      to: 'byName.size < 0',
    },
  ],
  brake: [
    {
      file: 'functions/core/live-set/budget.ts',
      from: 'question.isFrozen || question.isBraked ||',
      to: 'question.isFrozen ||',
    },
  ],
  'a dry run asks nobody': [
    {
      file: 'functions/cycle/probing/ask-vantages.ts',
      from: '  if (dryRun) return {',
      to: '  if (dryRun && endsAt < 0) return {',
    },
  ],
  'found: an earlier include unseen': [
    {
      file: 'functions/core/publication/zone-basis.ts',
      from: '  return lastGoodInclude(text, includeContext(zone, settings))\n',
      to: '  return lastGoodInclude(text, { ...includeContext(zone, settings), rotateLabels: [] })\n',
    },
  ],
  'found: a failed run forgets a rotation': [
    {
      file: `${table}/save-run.ts`,
      from: 'rotations, era, corrupt: state.corrupt }\n  await putTurn',
      to: 'rotations: rotations ?? memory.rotations, era, corrupt: state.corrupt }\n  await putTurn',
    },
  ],
  'found: the second delivery works as well': [
    { file: `${table}/lease.ts`, from: 'now - soonestMs, now + soonestMs)', to: 'now - soonestMs, now)' },
  ],
  'found: a write tried again without the lease': [
    { file: `${table}/dynamodb-rows.ts`, from: '    check()\n    return next(args)', to: '    return next(args)' },
    { file: `${table}/dynamodb-rows.ts`, from: '  stack.add(look', to: '  check()\n  stack.add(look' },
  ],
  'found: a push that was held up beyond the lease': [
    { file: 'functions/cycle/route53/calls.ts', from: 'if (startsAt >= endsAt) throw', to: 'if (startsAt < 0) throw' },
  ],
  'found: a warm function counts samples past their time': [
    { file: `${table}/read.ts`, from: ' && now < staleAt', to: '' },
  ],
  'found: a push in the turn of its zone that reads nothing': [
    { file: 'functions/core/route53/record-plan.ts', from: 'readFirst = isTurn || isFirst', to: 'readFirst = isFirst' },
  ],
  'found: records of a label that left and came back': [
    {
      file: 'functions/core/route53/push.ts',
      from: '...before.filter(set => !names.includes(set.name))',
      to: '',
    },
  ],
  'found: writes under way when the lease is freed': [
    {
      file: `${table}/await-writes.ts`,
      from: 'await Promise.allSettled(writes)',
      to: 'await Promise.allSettled([Promise.all(writes)])',
    },
  ],
}

/** Every guard, with what brings its fault back. */
export const allGuards: typeof guards = { ...guards, ...configurationGuards }

/** Simulates with a guard taken out, on a copy of the source: 0 where a seed notices, 1 where none does. */
export function withoutGuard(name: string, seeds: number, cycles: number): number {
  if (name === 'list') {
    process.stdout.write(`${Object.keys(allGuards).join('\n')}\n`)
    return 0
  }
  const names = name === 'all' ? Object.keys(allGuards) : [name]
  const copy = copySource()
  try {
    return Math.max(...names.map(one => trial(copy, one, seeds, cycles)))
  } finally {
    copy.remove()
  }
}

function trial(copy: ReturnType<typeof copySource>, name: string, seeds: number, cycles: number): number {
  const patches = allGuards[name]
  if (patches === undefined) throw new Error(`there is no guard ${name}: --without list tells which there are`)
  const mend = copy.apply(patches)
  const args = ['--import', 'tsx', join(copy.path, 'test/simulation/main.ts')]
  const isConfiguration = name in configurationGuards
  const numbers = isConfiguration
    ? ['--configuration', '--cycles', String(seeds * cycles)]
    : ['--seeds', String(seeds), '--cycles', String(cycles)]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...numbers], {
    cwd: copy.path,
    encoding: 'utf8',
  })
  mend()
  if (status !== 1 || stdout === '') {
    process.stdout.write(`without ${name}: nobody noticed in ${seeds} seeds\n${stderr}`)
    return 1
  }
  process.stdout.write(
    `without ${name}: ${stdout.slice(stdout.indexOf('seed ')).split('\n').slice(0, 3).join('\n').slice(0, 400)}\n`,
  )
  return 0
}
