import { inForceWords, takenIn } from '../config/taking.ts'
import { isPassing } from '../domain/model.ts'
import { spanWords, utcWords } from '../domain/time-words.ts'
import { passingWords } from '../live-set/live-edges.ts'
import type { Seen } from './facts.ts'
import { budgetLeft, isStale, type Notice, noticesOf } from './notices.ts'

/** A figure with its name. */
export interface Figure {
  readonly label: string
  readonly value: string
}

/**
 * The state of the network in one sentence: the first thing to read. It is never good news beside a notice that is not: what
 * is old, held or broken may be otherwise by now.
 */
export function headlineOf(facts: Seen): Notice {
  const headline = edgesIn(facts)
  if (headline.tone !== 'good') return headline
  const tones = noticesOf(facts).map(({ tone }) => tone)
  const worst = (['bad', 'fair'] as const).find(tone => tones.includes(tone))
  if (worst === undefined) return headline
  return { tone: worst, text: worst === 'bad' ? qualified(headline.text, facts) : headline.text }
}

/** Good words beside bad news, so that nobody who reads them alone is misled. */
function qualified(text: string, facts: Seen): string {
  if (isStale(facts) || facts.lastStatus === 'blind') return `When last looked at: ${text}`
  return `${text.slice(0, -1)}, but not everything is well.`
}

function edgesIn(facts: Seen): Notice {
  const { last, wanted } = facts
  if (last === null) return { tone: 'quiet', text: 'No cycle has been recorded yet.' }
  const live = last.edges.filter(edge => edge.state === 'in')
  const passing = live.filter(edge => isPassing(edge.judgement)).length
  const failing = live.length - passing
  if (live.length === 0) return { tone: 'bad', text: 'No edge is live.' }
  if (passing === 0) {
    const text = live.length === 1 ? 'The live edge does not pass.' : `None of the ${live.length} live edges passes.`
    return { tone: 'bad', text }
  }
  if (passing < wanted) {
    const words = failing === 0 ? '' : `, ${failing} ${failing === 1 ? 'fails' : 'fail'}`
    const isBraked = last.liveSet.isBraked
    const tone = isBraked ? 'bad' : 'fair'
    return {
      tone,
      text: `${isBraked ? 'Braked. ' : ''}Shortage: ${passingWords(passing, wanted)}${words}.`,
    }
  }
  const text = `${live.length === 1 ? 'The live edge passes' : `All ${live.length} live edges pass`}.`
  return failing === 0
    ? { tone: 'good', text }
    : { tone: 'fair', text: `${passing} of ${live.length} live edges pass.` }
}

/** The figures beside the headline. */
export function figuresOf(facts: Seen): Figure[] {
  const { stored, lastCycle, now, wanted, network, last } = facts
  const left = budgetLeft(facts)
  const rotated = stored.rotations.at(-1)
  const { settings } = network
  const judged = last?.edges ?? []
  const taken = takenIn(stored.desired)
  const ready = judged.filter(edge => edge.state === 'out' && edge.judgement === 'pass_threshold').length
  return [
    { label: 'live', value: `${stored.live?.length ?? 'unknown'} of ${wanted}` },
    { label: 'unchanged for', value: rotated === undefined ? '–' : spanWords(now - rotated) },
    { label: 'standing by, good', value: String(ready) },
    { label: 'last cycle', value: lastCycle === null ? 'never' : `${spanWords(now - lastCycle)} ago` },
    {
      label: `rotations left in ${spanWords(settings.dnschange_window * 1000)}`,
      value: left === null ? 'unlimited' : `${left} of ${settings.dnschange_maxfreq}`,
    },
    { label: 'goodenough', value: `${settings.goodenough} s` },
    ...(taken === null ? [] : [{ label: 'configuration', value: inForceWords(taken) }]),
    { label: 'as of', value: utcWords(now) },
  ]
}
