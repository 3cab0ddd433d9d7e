import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.resetModules()
})

/** The module as a process has it that has made no zone yet. */
async function fresh() {
  vi.resetModules()
  return import('../../../../functions/core/publication/making.ts')
}

test('before it is loaded, whoever makes a zone is told so; then it stays', async () => {
  const { loadZoneMaker, makerOfZones, ZoneMakerMissing } = await fresh()
  expect(() => makerOfZones()).toThrow(ZoneMakerMissing)
  const maker = await loadZoneMaker()
  expect(makerOfZones()).toBe(maker)
  expect(await loadZoneMaker()).toBe(maker)
})

test('work that makes no zone loads nothing, work that does is done anew', async () => {
  const { makerOfZones, withZoneMaker } = await fresh()
  expect(await withZoneMaker(() => 1)).toBe(1)
  expect(() => makerOfZones()).toThrow()
  let times = 0
  const work = () => {
    times++
    return makerOfZones().serialOf('@ SOA a. b. 5 1 1 1 1\n')
  }
  expect(await withZoneMaker(work)).toBe(5)
  expect(times).toBe(2)
})

test('what goes wrong for another reason is not tried again', async () => {
  const { withZoneMaker } = await fresh()
  let times = 0
  const work = () => {
    times++
    throw new Error('broken')
  }
  await expect(withZoneMaker(work)).rejects.toThrow('broken')
  expect(times).toBe(1)
})
