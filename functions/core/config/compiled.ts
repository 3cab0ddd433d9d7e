import { productVersion } from '../domain/version.ts'
import { hashText } from '../zone/hash.ts'
import type { Loaded } from './loaded.ts'
import type { BundleName } from './pointer.ts'

/** The form of what is kept; another one is not read. */
const form = 1

/** The file beside a function's code that holds its checked configuration. */
export const compiledFile = 'configuration.json'

/** A text that says of itself whether it is whole: its SHA-256 is in its first line. */
export function sealed(text: string): string {
  return `${hashText(text)}\n${text}`
}

/** What was sealed; null where it is not whole. */
export function unsealed(text: string): string | null {
  const end = text.indexOf('\n')
  const inside = text.slice(end + 1)
  return end !== -1 && hashText(inside) === text.slice(0, end) ? inside : null
}

/** The name under which a checked bundle is kept: its content and the version of the product that checked it (behaviour §11.4). */
export function compiledName(hash: BundleName): string {
  return `${hash}-${productVersion}`
}

/**
 * A configuration that was checked, as a text that needs no check any more; null where it holds anything that a text would
 * not give back as it was.
 */
export function compiledText(loaded: Loaded): string | null {
  const { network, ...rest } = loaded
  const plain = { ...rest, network: { ...network, owners: [...network.owners] } }
  return isPlain(plain) ? sealed(JSON.stringify({ form, version: productVersion, ...plain })) : null
}

/**
 * The configuration of this bundle in a text that `compiledText` gave; null where it is damaged, of another bundle, or was
 * checked by another version of the product: then the bundle has to be checked itself.
 */
export function readCompiled(text: string | null, hash: BundleName): Loaded | null {
  const inside = text === null ? null : unsealed(text)
  if (inside === null) return null
  // What is whole was written by this function's counterpart.
  const found = JSON.parse(inside) as Loaded & { readonly form: number; readonly version: string }
  if (found.form !== form || found.version !== productVersion || found.hash !== hash) return null
  const { network, templates, problems } = found
  return { hash, network: { ...network, owners: new Map(network.owners) }, templates, problems }
}

/** Whether JSON gives a value back as it is. */
export function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false
  return Object.values(value).every(isPlain)
}
