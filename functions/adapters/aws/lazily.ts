/**
 * `open`, called when its answer is first needed. What it gives is kept, and those who ask meanwhile share it; a failure
 * is not kept: the next caller tries again.
 */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null
  return () => {
    if (opened !== null) return opened
    const opening = Promise.resolve().then(open)
    opened = opening
    opening.catch(() => {
      opened = null
    })
    return opening
  }
}
