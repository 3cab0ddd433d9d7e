import { expect, test } from 'vitest'
import { awaitWrites } from '../../../../functions/adapters/table/await-writes.ts'

test('the first failure is told, but not before every write has come to its end', async () => {
  const ended: string[] = []
  const write = async (name: string, turns: number, error?: Error) => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    ended.push(name)
    if (error !== undefined) throw error
  }
  const writes = [write('slow', 50), write('first', 3, new Error('first')), null, write('last', 1, new Error('last'))]
  await expect(awaitWrites(writes)).rejects.toThrow('first')
  expect(ended).toEqual(['last', 'first', 'slow'])
})

test('nothing to write is no trouble', async () => {
  await expect(awaitWrites([null, undefined])).resolves.toBeUndefined()
})
