/** Something wrong with a value, and where in it; without a path, all of it. */
export interface Fault {
  readonly path?: readonly PropertyKey[]
  readonly message: string
}

export interface NumberForm {
  readonly kind: 'number'
  readonly whole: boolean
  readonly min?: number
  /** It is more than this. */
  readonly above?: number
  readonly max?: number
  /** It is a multiple of this. */
  readonly step?: number
}

export interface TextForm {
  readonly kind: 'text'
  /** What one is called. */
  readonly noun: string
  /** For editors: matches everything that may be. */
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  /** Why a text is not allowed; null if it is. */
  readonly check?: (text: string) => string | null
}

export interface ListForm {
  readonly kind: 'list'
  readonly items: TextForm
  readonly min?: number
  readonly max?: number
  readonly check?: (items: readonly string[]) => readonly Fault[]
}

export interface MapForm {
  readonly kind: 'map'
  /** What its keys are called. */
  readonly key: string
  /** Of the keys, for editors, as with texts. */
  readonly keyPattern?: string
  readonly values: TextForm
  readonly check?: (map: Readonly<Record<string, string>>) => readonly Fault[]
}

/** What a value may be. */
export type Form =
  | { readonly kind: 'truth' }
  | { readonly kind: 'email' }
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | NumberForm
  | TextForm
  | ListForm
  | MapForm

/** Everything about one key. */
export interface Setting<V> {
  readonly form: Form
  /** One line for the people who set it, without a full stop. */
  readonly means: string
  readonly unit?: 'seconds' | 'cycles' | 'days'
  readonly required: boolean
  /** Where the key is missing; for a required key something empty, by which the other files can be checked all the same. */
  readonly default: V
  /** The default in words, where it is none for all. */
  readonly defaultWords?: string
  /** The default where it follows from the keys before it in the same map. */
  defaultBy?(before: Readonly<Record<string, unknown>>): V
  /** The one spelling of a value that may be spelled in several ways. */
  spelled?(value: V): V
}

/** A setting whatever its values are. */
export type AnySetting = Setting<unknown>

/** Keys, or maps of keys. */
export interface SettingGroup {
  readonly [key: string]: AnySetting | SettingGroup
}

/** Tells a key from a map of keys. */
export function isSetting(node: AnySetting | SettingGroup): node is AnySetting {
  return typeof node.means === 'string'
}

type Extras<V> = Partial<Pick<Setting<V>, 'unit' | 'defaultWords' | 'defaultBy' | 'spelled'>>
/** What is said of a key in addition to its form. */
type Facts<V> = Extras<V> & { readonly means: string } & ({ readonly required: true } | { readonly default: V })
type AnyText = TextForm | { readonly kind: 'email' }
type Limits = Omit<NumberForm, 'kind' | 'whole'>

function setting<V>(form: Form, facts: Facts<V>, empty: V): Setting<V> {
  const rest: Omit<Setting<V>, 'form' | 'required' | 'default'> = facts
  return 'default' in facts
    ? { ...rest, form, required: false, default: facts.default }
    : { ...rest, form, required: true, default: empty }
}

/** `true` or `false`; in all of these, a default of null says that there is none. */
export function truth(facts: Facts<boolean>): Setting<boolean>
export function truth(facts: Facts<boolean | null>): Setting<boolean | null>
export function truth(facts: Facts<boolean | null>): Setting<boolean | null> {
  return setting<boolean | null>({ kind: 'truth' }, facts, false)
}

/** A number. */
export function number(limits: Limits, facts: Facts<number>): Setting<number>
export function number(limits: Limits, facts: Facts<number | null>): Setting<number | null>
export function number(limits: Limits, facts: Facts<number | null>): Setting<number | null> {
  return setting<number | null>({ kind: 'number', whole: false, ...limits }, facts, 0)
}

/** A whole number. */
export function whole(limits: Limits, facts: Facts<number>): Setting<number> {
  return setting({ kind: 'number', whole: true, ...limits }, facts, 0)
}

/** One of a few words. */
export function choice<const Words extends readonly string[]>(
  words: Words,
  facts: { readonly default: Words[number]; readonly means: string },
): Setting<Words[number]> {
  return setting<Words[number]>({ kind: 'choice', words }, facts, facts.default)
}

/** A text, or the address of a mailbox. */
export function text(form: AnyText, facts: Facts<string>): Setting<string>
export function text(form: AnyText, facts: Facts<string | null>): Setting<string | null>
export function text(form: AnyText, facts: Facts<string | null>): Setting<string | null> {
  return setting<string | null>(form, facts, '')
}

/** A list of texts, empty by default. */
export function list(
  form: Omit<ListForm, 'kind'>,
  facts: Extras<readonly string[]> & { readonly means: string; readonly required?: true },
): Setting<readonly string[]> {
  const { required, ...rest } = facts
  return setting({ kind: 'list', ...form }, required ? { ...rest, required } : { ...rest, default: [] }, [])
}

/** A map of texts, empty by default. */
export function map(
  form: Omit<MapForm, 'kind'>,
  facts: { readonly means: string },
): Setting<Readonly<Record<string, string>>> {
  return setting<Readonly<Record<string, string>>>({ kind: 'map', ...form }, { ...facts, default: {} }, {})
}
