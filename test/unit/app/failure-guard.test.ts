import { describe, expect, test } from 'vitest'
import { unlessAccident } from '../../../functions/app/failure-guard.ts'

describe('unless there is an accident', () => {
  const listeners = () => process.listenerCount('uncaughtException')

  test('work ends as it ends, and nothing is listened to any more', async () => {
    const before = listeners()
    expect(await unlessAccident(Promise.resolve('done'))).toBe('done')
    await expect(unlessAccident(Promise.reject(new Error('wrong')))).rejects.toThrow('wrong')
    expect(listeners()).toBe(before)
  })

  test('which ends the wait for work that would never end', async () => {
    const before = new Set(process.listeners('uncaughtException'))
    const outcome = unlessAccident(new Promise(() => {}))
    const [added] = process.listeners('uncaughtException').filter(listener => !before.has(listener))
    added?.(new Error('no room'), 'uncaughtException')
    await expect(outcome).rejects.toThrow('no room')
    if (added !== undefined) process.removeListener('uncaughtException', added)
  })
})
