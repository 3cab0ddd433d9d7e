// What a program gets that imports 'edgemanage': the operations of the command line, as functions.
export { ConfigurationFault } from '../app/configuration-fault.ts'
export { ConfigurationError, InvalidInput, UsageError } from '../core/domain/errors.ts'
export type { Judgement, Mode, Outcome } from '../core/domain/model.ts'
export type { Change } from '../core/live-set/rotation.ts'
export type { FreezeAnswer, OrderAnswer } from '../core/orders/order-request.ts'
export type { AlternativeAnswer, ReplayAnswer } from '../core/replay/answer.ts'
export type { Metrics } from '../core/replay/tally.ts'
export type { CanaryReport, EdgeReport, Report, ZoneReport } from '../core/report/report.ts'
export {
  type Pushed,
  type PushOptions,
  pushConfiguration,
  type RollbackOptions,
  type RolledBack,
  rollbackConfiguration,
} from './configuration.ts'
export {
  type ConfigurationDifference,
  type ConfigurationEntry,
  configurationLog,
  diffConfiguration,
  type PulledConfiguration,
  pullConfiguration,
} from './configuration-look.ts'
export { type CycleOptions, type Lock, lock, runCycle } from './cycle.ts'
export { type EdgeLists, InvalidEdgeLists, type WrittenEdgeLists, writeEdgeLists } from './edge-lists.ts'
export { freeze, type Reason, setMode, thaw } from './orders.ts'
export type { Where } from './place.ts'
export { type EdgeRow, edges, networks, query } from './query.ts'
export { type ReplayOptions, replay } from './replay.ts'
