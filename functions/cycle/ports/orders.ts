import type { Freeze, Order } from '../../core/domain/model.ts'

/**
 * Where operators' orders are kept, apart from everything that a cycle writes: giving one needs no lease and waits for
 * no cycle. An order that cannot be read is set aside before another takes its place. Each answers whether there was an
 * order (or a freeze) before, readable or not; each throws `TableUnavailable`.
 */
export interface Orders {
  give(network: string, order: Order): Promise<boolean>
  revoke(network: string, edge: string): Promise<boolean>
  freeze(network: string, freeze: Freeze): Promise<boolean>
  thaw(network: string): Promise<boolean>
}
