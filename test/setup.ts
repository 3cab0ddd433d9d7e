/** What tests of single functions find loaded: cycles load it themselves, where they need it. */
import { loadZoneMaker } from '../functions/core/publication/making.ts'

await loadZoneMaker()
