import { basename, dirname } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What starts processes, browsers and synthesis takes longest: it comes first, so that no worker waits for it at the end. */
const longest = ['e2e', 'infra', 'integration', 'simulation', 'fuzz', 'property']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => longest.indexOf(basename(dirname(moduleId)))
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** What all tests share, those of a broken copy included (test/mutation). */
export const shared = {
  // Nothing is tried again, but what measures time (test/helpers/measures-time.ts).
  testTimeout: 60_000,
  hookTimeout: 120_000,
  maxWorkers: 3,
  setupFiles: ['test/setup.ts'],
  // The files of a worker share their modules, which take long to load.
  isolate: false,
  sequence: { sequencer: LongestFirst },
  provide: { part: 1 / 10 },
}

export default defineConfig({
  test: {
    ...shared,
    projects: [
      // The pure core and everything that needs no process.
      { extends: true, test: { name: 'units', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/unit/**', '**/*.{slow,long}.test.ts'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
      // Kills, damages, races, long walks and documents: what takes ten seconds and more.
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          // What the others take a part of (test/helpers/part.ts) is taken whole here.
          include: [
            'test/**/*.long.test.ts',
            'test/{fuzz,property,simulation}/**/*.test.ts',
            'test/e2e/follow-many.slow.test.ts',
          ],
          globalSetup: ['test/global-setup.ts'],
          provide: { part: 1 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/core/**/*.ts'],
      thresholds: { branches: 100 },
      reporter: ['text-summary'],
    },
  },
})
