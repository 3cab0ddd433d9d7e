/** What tests of single functions find loaded: cycles load it themselves, where they need it. */
import { loadAll } from '../functions/cycle/load-all.ts'

await loadAll()
