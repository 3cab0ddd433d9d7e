import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Some tests measure time, and other processes take it away.
    retry: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['functions/core/**/*.ts'],
      thresholds: { branches: 100 },
      reporter: ['text-summary'],
    },
  },
})
