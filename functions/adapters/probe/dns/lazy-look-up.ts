import type { Answer, LookUp, Lookup } from './names.ts'

/** Loads what asks name servers, for those who cannot wait until there is a name to look up. */
export const loadLookUp = async (): Promise<LookUp> => {
  loaded ??= (await import('./names.ts')).lookUp
  return loaded
}

let loaded: LookUp | null = null

/** The look-up of this machine's names, which is loaded when the first name is asked for: most edges are addresses. */
export const lookUp: LookUp = name => {
  if (loaded !== null) return loaded(name)
  let asked: Lookup | null = null
  let isCancelled = false
  const opened = loadLookUp().then(look => {
    // Whoever has cancelled waits for no answer.
    if (isCancelled) return new Promise<never>(() => {})
    asked = look(name)
    return asked.answers
  })
  const of = (type: 'A' | 'AAAA') => opened.then(answers => answers[type], notLoaded)
  const cancel = () => {
    isCancelled = true
    asked?.cancel()
  }
  return { answers: { A: of('A'), AAAA: of('AAAA') }, cancel }
}

function notLoaded(error: NodeJS.ErrnoException): Answer {
  return { addresses: [], leftOut: [], error: error.code ?? error.message }
}
