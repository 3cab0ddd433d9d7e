// What a program gets that imports 'edgemanage': the operations of the command line, as functions.
export { ConfigurationFault, UsageError } from '../cli/errors.ts'
export type { FreezeAnswer, OrderAnswer } from '../core/instruction.ts'
export type { Judgement, Mode, Outcome } from '../core/model.ts'
export type { CanaryReport, Change, EdgeReport, Report, ZoneReport } from '../core/report.ts'
export { type CycleOptions, type Lock, lock, runCycle } from './cycle.ts'
export { freeze, type Reason, setMode, thaw } from './orders.ts'
export type { Where } from './place.ts'
export { type EdgeRow, edges, networks, query } from './query.ts'
