/**
 * The work's outcome, or a rejection with the first error that nobody could catch while it went on: the embedded table
 * throws such where the disk is full. What is under way then cannot be ended, so the process should be.
 */
export async function unlessAccident<T>(work: Promise<T>): Promise<T> {
  let onAccident: (error: Error) => void = () => {}
  const accident = new Promise<never>((_resolve, reject) => {
    onAccident = reject
  })
  process.on('uncaughtException', onAccident)
  // After an accident more may follow: the listener stays.
  const outcome = await Promise.race([
    work.then(
      value => ({ value }),
      (reason: unknown) => ({ reason }),
    ),
    accident,
  ])
  process.removeListener('uncaughtException', onAccident)
  if ('reason' in outcome) throw outcome.reason
  return outcome.value
}
