import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { addressType, sortAddresses } from '../../../core/zone/addresses.ts'
import type { Answer, LookUp, Lookup } from './names.ts'

/** The other family is waited for so long when one has answered. */
const graceMs = 1000

/**
 * A look-up for one connection of Node's own clients, that asks as `lookUp` does. `cancel` ends what is under way, and is
 * to be called in the end.
 */
export function socketLookUp(lookUp: LookUp): { readonly lookup: LookupFunction; readonly cancel: () => void } {
  const started = new Set<Lookup>()
  const lookup: LookupFunction = (name, options, done) => {
    const asked = lookUp(name)
    started.add(asked)
    void allAddresses(asked).then(answers => {
      const found = sortAddresses(answers.flatMap(({ addresses }) => addresses)).map(toEntry)
      const [first] = found
      if (first === undefined) done(notFound(name, answers), '', 0)
      else if (options.all === true) done(null, found)
      else done(null, first.address, first.family)
    })
  }
  const cancel = () => {
    for (const asked of started) asked.cancel()
  }
  return { lookup, cancel }
}

/** The answers of both families, or of one alone where it has addresses and the other is late. */
function allAddresses({ answers }: Lookup): Promise<readonly Answer[]> {
  return new Promise(resolve => {
    const found: Answer[] = []
    const take = (answer: Answer) => {
      found.push(answer)
      if (found.length === 2) resolve(found)
      else if (answer.addresses.length > 0) setTimeout(() => resolve(found), graceMs).unref()
    }
    void answers.A.then(take)
    void answers.AAAA.then(take)
  })
}

function toEntry(address: string): LookupAddress {
  return { address, family: addressType(address) === 'A' ? 4 : 6 }
}

function notFound(name: string, answers: readonly Answer[]): NodeJS.ErrnoException {
  const code = answers.find(({ error }) => error !== null)?.error ?? 'ENOTFOUND'
  return Object.assign(new Error(`${name} does not resolve (${code})`), { code })
}
