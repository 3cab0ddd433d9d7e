/** A moment of the prober's event loop. Milliseconds, both monotonic. */
export interface LoopTime {
  readonly nowMs: number
  /** How long the loop has had nothing to do, up to now. */
  readonly idleMs: number
}

/** How late the loop was while it was watched, in whole milliseconds. */
export interface Lateness {
  readonly worstMs: number
  /** It was so late three times at least: more than one hiccup. */
  readonly oftenMs: number
}

/** A watch over the prober's own event loop, until it is ended. */
export interface LoopWatch {
  readonly read: () => LoopTime
  /** Tells that the loop has just come round, as a timer has fired: that saves the watch a beat of its own. */
  readonly beat: () => void
  /**
   * How many milliseconds a probe between two moments may have waited for the loop: it waits for it a few times
   * (connected, secured, first byte, last byte), so the few worst delays of that time together; 0 where it was not late.
   */
  readonly lagMs: (fromMs: number, toMs: number) => number
  readonly end: () => Lateness
}
