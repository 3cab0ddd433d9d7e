/** Work under names, of which each name has one piece at a time. */
export interface SideBySide<Input> {
  /**
   * Starts work under a name. Where some is under way there, it is left out, unless it was asked for: then it follows, once,
   * however often it was asked for.
   */
  readonly start: (name: string, input: Input, asked: boolean) => void
  /** Resolves when no work is under way; what was asked for and has not begun is left out. */
  readonly ended: () => Promise<void>
}

/** Does pieces of work that do not wait for those of other names; `work` must not reject. */
export function sideBySide<Input>(work: (input: Input) => Promise<void>): SideBySide<Input> {
  const running = new Map<string, Promise<void>>()
  const asked = new Map<string, Input>()
  const run = async (name: string, input: Input): Promise<void> => {
    await work(input)
    const next = asked.get(name)
    asked.delete(name)
    if (next !== undefined) await run(name, next)
    else running.delete(name)
  }
  return {
    start: (name, input, isAsked) => {
      if (!running.has(name)) running.set(name, run(name, input))
      else if (isAsked) asked.set(name, input)
    },
    ended: async () => {
      asked.clear()
      await Promise.all(running.values())
    },
  }
}
