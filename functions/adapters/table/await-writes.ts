/**
 * Waits until every one of these writes has come to its end, then throws what the first to fail threw: none may still
 * be under way when the lease is freed (behaviour §8.1).
 */
export async function awaitWrites(writes: readonly (Promise<unknown> | null | undefined)[]): Promise<void> {
  for (const result of await Promise.allSettled(writes)) if (result.status === 'rejected') throw result.reason
}
