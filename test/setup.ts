/** What tests of single functions find loaded: cycles load it themselves, where they need it. Nothing outlives a test's file. */
import { afterAll } from 'vitest'
import { loadAll } from '../functions/cycle/load-all.ts'
import { endAllCommands } from './helpers/command.ts'

await loadAll()

afterAll(endAllCommands)
