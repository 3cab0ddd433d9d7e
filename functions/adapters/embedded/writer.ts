import { TableUnavailable } from '../../cycle/ports/errors.ts'
import { isDatabaseError } from './connection.ts'
import { isStill } from './inspect.ts'
import type { Store } from './store.ts'
import { atOnce, patiently } from './transaction.ts'

/** Does a write; `check` comes before every attempt, and what it throws ends the write. */
export type Write = <T>(check: () => void, apply: () => T) => Promise<T>

interface Pending {
  readonly check: () => void
  readonly apply: () => unknown
  readonly settle: (outcome: Outcome) => void
}

type Outcome = { readonly value: unknown } | { readonly reason: unknown }

/**
 * Writes into an open database. Those that are asked for in one breath share a transaction, and with it the wait for the
 * disk; when a write's promise is kept, it is there for good.
 */
export function createWriter(store: Store): Write {
  let pending: Pending[] = []
  let isAtWork = false
  const workThrough = async () => {
    if (isAtWork) return
    isAtWork = true
    while (pending.length > 0) {
      const batch = pending
      pending = []
      await settleAll(store, batch)
    }
    isAtWork = false
  }
  return <T>(check: () => void, apply: () => T) =>
    new Promise<T>((resolve, reject) => {
      const settle = (outcome: Outcome) => ('value' in outcome ? resolve(outcome.value as T) : reject(outcome.reason))
      pending.push({ check, apply, settle })
      queueMicrotask(() => void workThrough())
    })
}

async function settleAll(store: Store, batch: readonly Pending[]): Promise<void> {
  try {
    const outcomes = await patiently(() => atOnce(store.connection, () => outcomesOf(store, batch)))
    for (const [at, { settle }] of batch.entries()) settle(outcomes[at] ?? { reason: new Error('no outcome') })
  } catch (reason) {
    for (const { settle } of batch) settle({ reason })
  }
}

/** What the writes themselves come to; throws where the database fails, and then none is carried out. */
function outcomesOf({ identity, path }: Store, batch: readonly Pending[]): Outcome[] {
  if (identity !== null && !isStill(path, identity)) {
    throw new TableUnavailable(`${path} was removed or replaced while a run had it open: the next run opens it again`)
  }
  return batch.map(({ check, apply }) => {
    try {
      check()
      return { value: apply() }
    } catch (reason) {
      if (isDatabaseError(reason)) throw reason
      return { reason }
    }
  })
}
