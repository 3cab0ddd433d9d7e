import { expect, test } from 'vitest'
import { probingMemory } from '../../../../functions/core/operation/memory.ts'

const edges = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `e${at}`, address: null }))

test.each([
  [1, 256],
  [200, 256],
  [201, 512],
  [500, 512],
  [501, 1024],
])('%d probes get %d MB', (count, memory) => {
  const canaries = [{ zone: 'example.org', address: '192.0.2.1' }]
  expect(probingMemory({ edges: edges(count - 1), canaries })).toBe(memory)
})
