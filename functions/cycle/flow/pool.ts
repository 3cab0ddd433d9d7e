/** Runs `work` on every item, at most `width` at a time, in their order; stops starting when `isOver` says so. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  isOver: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length && !isOver()) {
      const item = items[next++] as T
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
}
