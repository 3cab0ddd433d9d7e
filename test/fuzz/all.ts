import type { Random } from '../simulation/world/random.ts'
import { fuzzConfiguration } from './configuration.ts'
import { fuzzEvents } from './events.ts'
import type { Fuzzed } from './garbage.ts'
import { fuzzHttp } from './http.ts'
import { fuzzIncludes } from './includes.ts'
import { fuzzItems } from './items.ts'

/** Everything that comes from outside, by name. */
export const fuzzers: Readonly<Record<string, (random: Random, inputs: number) => Promise<Fuzzed>>> = {
  events: fuzzEvents,
  configuration: fuzzConfiguration,
  includes: fuzzIncludes,
  items: fuzzItems,
  http: fuzzHttp,
}
