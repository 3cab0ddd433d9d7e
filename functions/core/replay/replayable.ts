/** What a replay can change (behaviour §13.1): of everything else, samples do not hold what it would change. */
export const replayableKeys = [
  'goodenough',
  'edge_count',
  'down_after',
  'up_after',
  'stay_factor',
  'rotation',
  'on_shortage',
  'min_edges',
  'dnschange_maxfreq',
  'dnschange_window',
  'history.window',
  'brake',
  'brake_cycles',
] as const
export type ReplayableKey = (typeof replayableKeys)[number]
