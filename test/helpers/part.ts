import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The part of every random walk that a project takes: one in `long`, less in the check. */
    part: number
  }
}

/** Whether walks are taken whole, as `npm run test:long` does. */
export const isWhole = () => inject('part') === 1

/** As many of so many seeds, runs or inputs as this project takes: all in `npm run test:long`. */
export const partOf = (all: number) => Math.ceil(all * inject('part'))
