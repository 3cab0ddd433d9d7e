import type { Access } from './permissions.ts'

/** One function that every network has: its handler is `functions/<name>.ts`. */
export interface FunctionSpec {
  readonly name: string
  /** What a person in the console may do with it. */
  readonly description: (network: string) => string
  /** What its role may do with the network's part of the table and of the bucket. */
  readonly access: Access
  /** It probes edges, so its memory follows their number. */
  readonly probes: boolean
  /** The network's schedule calls it, and its failures go to the dead-letter queue. */
  readonly scheduled: boolean
}

/** Every function of a network. A new one is one entry here and its handler. */
export const catalog: readonly FunctionSpec[] = [
  {
    name: 'manage',
    description: network =>
      `One cycle of ${network}: probes its edges and publishes the healthy ones. Runs by itself; Test with {"force": true} runs one more.`,
    access: { table: 'write', bucket: 'write', neighbours: true, records: 'write', events: true, vantages: true },
    probes: true,
    scheduled: true,
  },
  {
    name: 'dry-run',
    description: network =>
      `What a cycle of ${network} would do now, zones included. Writes nothing: press Test with {} as often as you like.`,
    access: { table: 'read', bucket: 'read', neighbours: true, records: 'read' },
    probes: true,
    scheduled: false,
  },
  {
    name: 'configure',
    description: network =>
      `An operator's order for an edge of ${network}: Test with {"edge": "…", "mode": "unavailable", "comment": "why", "expires": "2h"}; or {"freeze": true, "comment": "why"}.`,
    access: { table: 'order', bucket: 'none', events: true },
    probes: false,
    scheduled: false,
  },
  {
    name: 'status',
    description: network =>
      `The status of ${network} as HTML, for the stack's dashboard. Reads only; Test with {"describe": true} explains it.`,
    access: { table: 'read', bucket: 'none' },
    probes: false,
    scheduled: false,
  },
  {
    name: 'query',
    description: network =>
      `How the edges of ${network} stand: Test with {} or {"health": "fail"}; {"edge": "…", "hours": 24} gives one edge's samples, {"replay": {"set": {"down_after": 2}}} what that would have done. Reads only.`,
    access: { table: 'read', bucket: 'none' },
    probes: false,
    scheduled: false,
  },
]

/** The predictable name of a network's function (contract, "Environment of every function"). */
export function functionName(network: string, spec: Pick<FunctionSpec, 'name'>): string {
  return `edgemanage-${network}-${spec.name}`
}
