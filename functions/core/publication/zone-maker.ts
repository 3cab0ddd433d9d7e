import { includeContext } from '../config/zone-files.ts'
import { renderNamedConf } from '../zone/named-conf.ts'
import { lastGoodInclude, lastSerialIn, serialOf } from '../zone/published.ts'
import { renderZone } from '../zone/render.ts'
import { renderedFault } from '../zone/rendered.ts'

/** All that makes and reads texts of zones: a template language and the grammar of master files, slow to load. */
export const zoneMaker = {
  includeContext,
  renderNamedConf,
  lastGoodInclude,
  lastSerialIn,
  serialOf,
  renderZone,
  renderedFault,
} as const
