import { describe, expect, test } from 'vitest'
import { lazily } from '../../../../functions/adapters/aws/lazily.ts'
import { lazyBucket } from '../../../../functions/adapters/aws/lazy-bucket.ts'
import { lazyRecords } from '../../../../functions/adapters/aws/lazy-records.ts'
import { noRecords, World } from '../../../helpers/world.ts'

/** Fails this many times, then gives `value`; how often it was called. */
function failing<T>(times: number, value: T) {
  const counted = {
    calls: 0,
    open: async () => {
      if (++counted.calls <= times) throw new Error(`failure ${counted.calls}`)
      return value
    },
  }
  return counted
}

describe('what is opened when it is first needed', () => {
  test('is not opened before, and opened once for all who ask', async () => {
    const counted = failing(0, 'it')
    const get = lazily(counted.open)
    expect(counted.calls).toBe(0)
    expect(await Promise.all([get(), get(), get()])).toEqual(['it', 'it', 'it'])
    expect(await get()).toBe('it')
    expect(counted.calls).toBe(1)
  })

  test('is tried again after a failure, which those who asked meanwhile share', async () => {
    const counted = failing(2, 'it')
    const get = lazily(counted.open)
    const [first, shared] = [get(), get()]
    await expect(first).rejects.toThrow('failure 1')
    await expect(shared).rejects.toThrow('failure 1')
    await expect(get()).rejects.toThrow('failure 2')
    expect(await get()).toBe('it')
    expect(await get()).toBe('it')
    expect(counted.calls).toBe(3)
  })

  test('may fail at once, before there is anything to wait for', async () => {
    let calls = 0
    const get = lazily((): Promise<string> => {
      if (++calls === 1) throw new Error('at once')
      return Promise.resolve('it')
    })
    await expect(get()).rejects.toThrow('at once')
    expect(await get()).toBe('it')
  })

  test('is a bucket, or Route 53: each of their requests opens it anew after a failure', async () => {
    const world = new World()
    const bucket = failing(4, world.bucket)
    const lazyOne = lazyBucket(bucket.open)
    await expect(lazyOne.get('a')).rejects.toThrow('failure 1')
    await expect(lazyOne.put('a', 'text')).rejects.toThrow('failure 2')
    await expect(lazyOne.delete('a')).rejects.toThrow('failure 3')
    await expect(lazyOne.list('a')).rejects.toThrow('failure 4')
    await lazyOne.put('a', 'text')
    expect(await lazyOne.get('a')).toBe('text')
    const signal = AbortSignal.timeout(1000)
    const records = lazyRecords(failing(3, { ...noRecords, hostedZones: async () => ({ zones: [], next: null }) }).open)
    await expect(records.hostedZones(null, signal)).rejects.toThrow('failure 1')
    await expect(records.recordSets('Z', { name: 'a', type: null, identifier: null }, signal)).rejects.toThrow(
      'failure 2',
    )
    await expect(records.change('Z', [], signal)).rejects.toThrow('failure 3')
    expect(await records.hostedZones(null, signal)).toEqual({ zones: [], next: null })
  })
})
