import type { Freeze, Order } from '../../core/domain/model.ts'

/** Who ended an order or a freeze, and why (null: not said); it stays in the log. */
export interface OrderEnd {
  readonly by: string
  readonly comment: string | null
}

/**
 * Where operators' orders are kept, apart from everything that a cycle writes: giving one needs no lease and waits for
 * no cycle. An order that cannot be read is set aside before another takes its place. Each answers whether there was an
 * order (or a freeze) before, readable or not; each throws `TableUnavailable`.
 */
export interface Orders {
  give(network: string, order: Order): Promise<boolean>
  revoke(network: string, edge: string, end: OrderEnd): Promise<boolean>
  freeze(network: string, freeze: Freeze): Promise<boolean>
  thaw(network: string, end: OrderEnd): Promise<boolean>
}
