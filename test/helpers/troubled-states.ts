/** One network in trouble, while its state is made: the addresses of its edges, and what may be done to them. */
export interface Scene {
  readonly network: string
  readonly addresses: readonly string[]
  /** The edges that were live after the first cycle, and those that were not. */
  readonly live: readonly string[]
  readonly spare: readonly string[]
  readonly behave: (address: string, how: { status?: number; body?: string; delayMs?: number; isCut?: boolean }) => void
  /** From now on these edges refuse. */
  readonly stop: (addresses: readonly string[]) => Promise<void>
  /** Runs `edgemanage` for this network to its end. */
  readonly command: (...words: string[]) => Promise<void>
  /** Writes a file of the configuration folder. */
  readonly write: (path: string, text: string) => void
  /** Puts another thing in the place of a file or a folder of the bucket: a folder that holds something, or a file. */
  readonly block: (key: string, by: 'folder' | 'file') => void
  /** Puts an item that nobody can read into the table. */
  readonly spoil: (sk: string) => Promise<void>
  /** Ends the server that the network has as its reference. */
  readonly cutOff: () => Promise<void>
}

/** A state in which something is wrong, and how it comes about between a first and a second cycle. */
export interface Troubled {
  /** What holds for this network alone. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** How many edges are listed (2), of which two are live. */
  readonly edges?: number
  /** Edges that are listed besides. */
  readonly also?: readonly string[]
  /** Before the first cycle. */
  readonly before?: (scene: Scene) => Promise<void> | void
  /** Between the first cycle and the second. */
  readonly between?: (scene: Scene) => Promise<void> | void
  /** How many live edges pass; null where nobody can know. */
  readonly passing: number | null
  /** Fewer live edges pass than are wanted, or nobody knows. */
  readonly isShort: boolean
}

type Step = (scene: Scene) => Promise<void> | void

const stopOne: Step = ({ live, stop }) => stop(live.slice(0, 1))
const stopAll: Step = ({ live, stop }) => stop(live)
const order =
  (mode: string, count: number): Step =>
  async ({ live, command }) => {
    await command('conf', ...live.slice(0, count), '-m', mode, '-C', 'maintenance', '--yes')
  }
const inTurn =
  (...steps: readonly Step[]): Step =>
  async scene => {
    for (const step of steps) await step(scene)
  }
const answering =
  (how: Parameters<Scene['behave']>[1], count: number): Step =>
  ({ live, behave }) => {
    for (const address of live.slice(0, count)) behave(address, how)
  }

const one = { passing: 1, isShort: true } as const
const none = { passing: 0, isShort: true } as const
const enough = { passing: 2, isShort: false } as const
const freeze: Step = ({ command }) => command('freeze', '-C', 'launch')
const changed = 'mail 300 IN A 192.0.2.26\n'

/** How an edge can fail; each with one of two live edges, and with both. */
const failures: Readonly<Record<string, (count: number) => Step>> = {
  refuse:
    count =>
    ({ live, stop }) =>
      stop(live.slice(0, count)),
  hang: count => answering({ delayMs: 8_000 }, count),
  busy: count => answering({ status: 503 }, count),
  moved: count => answering({ status: 302 }, count),
  wrong: count => answering({ body: 'another object' }, count),
  cut: count => answering({ isCut: true }, count),
}

/** By network: add a state here, and every answer is held against it (test/e2e/troubled.slow.test.ts). */
export const troubledStates: Readonly<Record<string, Troubled>> = {
  ...Object.fromEntries(
    Object.entries(failures).flatMap(([name, step]) => [
      [`one-${name}`, { ...one, between: step(1) }],
      [`all-${name}`, { ...none, between: step(2) }],
    ]),
  ),
  'alone-refuses': { ...none, edges: 1, settings: { edge_count: 1 }, between: stopOne },
  'never-served': { ...none, before: ({ addresses, stop }) => stop(addresses) },
  'ordered-away': { ...one, between: order('unavailable', 1) },
  'all-ordered-away': { ...enough, between: order('unavailable', 2) },
  'blindly-live': { ...one, edges: 3, between: inTurn(stopOne, order('blindforce', 1)) },
  'all-blindly-live': { ...none, edges: 4, between: inTurn(stopAll, order('blindforce', 2)) },
  'forced-and-dead': { ...one, between: inTurn(stopOne, order('force', 1)) },
  'order-unreadable': {
    ...one,
    before: ({ addresses, spoil }) => spoil(`ORDER#${addresses[0]}`),
  },
  'frozen-with-dead': { ...one, edges: 3, between: inTurn(freeze, stopOne) },
  'frozen-all-dead': { ...none, between: inTurn(freeze, stopAll) },
  'budget-with-dead': { ...one, edges: 3, settings: { dnschange_maxfreq: 1 }, between: stopOne },
  braked: { ...none, edges: 4, settings: { brake: 0.4, brake_cycles: 5 }, between: stopAll },
  'shrunk-to-one': { ...one, settings: { on_shortage: 'shrink' }, between: stopOne },
  'not-back-yet': {
    ...one,
    settings: { up_after: 10 },
    between: async ({ live, behave, command }) => {
      behave(String(live[0]), { status: 503 })
      await command('manage', '--force')
      behave(String(live[0]), {})
    },
  },
  'one-address': { ...one, edges: 0, also: ['localhost', '127.0.0.1'] },
  blind: { passing: null, isShort: true, settings: { references: ['REFERENCE'] }, between: ({ cutOff }) => cutOff() },
  'not-published': {
    passing: null,
    isShort: true,
    between: ({ network, write, block }) => {
      write(`zones/${network}/${network}.example.zone`, changed)
      block(`zones/${network}`, 'file')
    },
  },
  stopped: { passing: null, isShort: true },
  'stopped-with-dead': { passing: null, isShort: true, between: stopOne },
  frozen: { ...enough, between: freeze },
  'freeze-unreadable': { ...enough, between: ({ spoil }) => spoil('FREEZE') },
  'budget-spent': { ...enough, settings: { dnschange_maxfreq: 1 } },
  'zone-due': {
    ...enough,
    between: ({ network, write, block }) => {
      for (const zone of [network, `www-${network}`]) write(`zones/${network}/${zone}.example.zone`, changed)
      block(`zones/${network}/${network}.example.zone`, 'folder')
    },
  },
  'include-faulty': {
    ...enough,
    between: ({ network, write }) => write(`zones/${network}/${network}.example.zone`, '@ 300 IN A 192.0.2.1\n'),
  },
  'include-ever-faulty': {
    ...enough,
    before: ({ network, write }) => write(`zones/${network}/${network}.example.zone`, 'mail IN A (\n'),
  },
  'edges-rejected': {
    ...enough,
    between: ({ network, addresses, write }) => write(`edges/${network}`, [...addresses, addresses[0], ''].join('\n')),
  },
  'rejected-with-dead': {
    ...one,
    between: inTurn(stopOne, ({ network, addresses, write }) =>
      write(`edges/${network}`, [...addresses, addresses[0], ''].join('\n')),
    ),
  },
  'certificate-ended': { ...enough, settings: { testobject: { proto: 'https', port: 'TLS', verify: false } } },
  'servers-silent': { ...enough, settings: { served: { servers: ['127.0.0.1:1'], grace: 0 } } },
}
