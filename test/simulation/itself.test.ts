import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { allGuards } from './guards.ts'
import { changeOf } from './neighbours/dynamodb/change.ts'
import { conditionOf } from './neighbours/dynamodb/expression.ts'
import { createStore } from './neighbours/dynamodb/store.ts'
import { shortest } from './shrink.ts'
import { simulate } from './simulate.ts'
import { createTime } from './world/time.ts'

describe('the simulation itself', () => {
  test('the same seed gives the same history', async () => {
    const lines: string[][] = [[], []]
    for (const told of lines) {
      const { counts } = await simulate({ seed: 7, cycles: 30, trace: line => void told.push(line) })
      told.push(JSON.stringify(counts))
    }
    expect(lines[0]).toEqual(lines[1])
  })

  test('what broke a promise in many cycles is told in the fewest', async () => {
    const kill = { cycle: 0, point: 1 }
    expect(await shortest({ seed: 1, cycles: 5, kill })).toBeNull()
  })

  test('time passes only as it is told, and everything in its order', async () => {
    const time = createTime(1000)
    const seen: string[] = []
    time.at(3000, () => seen.push('late'))
    time.at(2000, () => seen.push('early'))
    void time.sleep(1000).then(() => seen.push('slept'))
    await time.advanceTo(2500)
    expect([time.now(), seen]).toEqual([2500, ['early', 'slept']])
    await time.advanceTo(3000)
    expect(seen).toEqual(['early', 'slept', 'late'])
  })
})

describe('the table in memory', () => {
  const given = {
    names: { '#owner': 'owner' },
    values: { ':a': { S: 'a' }, ':five': { N: '5' }, ':number': { S: 'N' } },
  }

  test.each<[string, object, boolean]>([
    ['#owner = :a', { owner: { S: 'a' } }, true],
    ['#owner = :a', { owner: { S: 'b' } }, false],
    ['#owner = :a', {}, false],
    ['n <= :five', { n: { N: '05' } }, true],
    ['n <= :five', { n: { S: '1' } }, false],
    ['NOT attribute_type(n, :number) OR n > :five', { n: { N: '4' } }, false],
    ['(NOT attribute_type(n, :number) OR n > :five) AND attribute_not_exists(m)', { n: { S: '4' } }, true],
    ['attribute_exists(n) AND n <> :five', { n: { N: '5' } }, false],
  ])('%s of %o is %s', (text, item, expected) => {
    expect(conditionOf(text)(item as never, given)).toBe(expected)
  })

  test('an update sees the item as it was, and refuses what DynamoDB refuses', () => {
    const item = { owner: { S: 'b' }, n: { N: '1' } }
    const change = changeOf('SET #owner = :a, old = if_not_exists(#owner, :a) REMOVE n')
    expect(change(item, given)).toEqual({ owner: { S: 'a' }, old: { S: 'b' } })
    expect(() => changeOf('SET n = :a REMOVE n')(item, given)).toThrow('overlap')
    expect(() => conditionOf('size(n) > :five')).toThrow('size')
    expect(() => conditionOf('n > :five )')).toThrow('not expected')
  })

  test('a page ends where it is full, and the next begins behind it, forward and backward', () => {
    const store = createStore()
    for (const sk of ['A#3', 'A#1', 'B#1', 'A#2']) store.put({ pk: { S: 'p' }, sk: { S: sk } })
    const page = (isForward: boolean, after?: string) => {
      const { items, last } = store.query({ partition: 'p', prefix: 'A#', isForward, limit: 2, after }, true)
      return [items.map(item => item.sk?.S), last?.sk?.S]
    }
    expect(page(true)).toEqual([['A#1', 'A#2'], 'A#2'])
    expect(page(true, 'A#2')).toEqual([['A#3'], undefined])
    expect(page(false)).toEqual([['A#3', 'A#2'], 'A#2'])
    expect(page(false, 'A#2')).toEqual([['A#1'], undefined])
  })
})

test.each(Object.entries(allGuards))('the guard "%s" stands where it is to be taken out', (_, patches) => {
  for (const { file, from } of patches) {
    const text = readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')
    expect({ file, times: text.split(from).length - 1 }).toEqual({ file, times: 1 })
  }
})
