import { messageOf } from '../../core/domain/message.ts'
import { hashText, md5 } from '../../core/zone/hash.ts'
import { signalAfter } from '../flow/limit.ts'
import type { Ports } from '../ports/ports.ts'

/** Time ended before a file was written: it is due. */
export const tooLate = 'time ran out before it was written'

/** What became of one file: the hash of its text where it was written and confirmed, and else, where it is due, why. */
export interface FileOutcome {
  readonly hash: string | null
  /** A sentence; null where nothing is due. */
  readonly due: string | null
}

/** Writes files into the bucket while there is time. Nothing of it rejects. */
export interface FileWriter {
  readonly isOver: () => boolean
  /** Null where it was written and confirmed, else why not. */
  readonly put: (key: string, text: string) => Promise<string | null>
  /** One of the files that a network has once, by the name that people know; a text of null is not to be written. */
  readonly file: (name: string, key: string, text: string | null) => Promise<FileOutcome>
  /** By key, of what was written: its ETag, or null where that is the MD5 of the text. */
  readonly etags: ReadonlyMap<string, string | null>
}

/** A writer that starts nothing after `endsAt` (milliseconds), and then gives up what is under way. */
export function fileWriter(endsAt: number, { bucket, clock }: Pick<Ports, 'bucket' | 'clock'>): FileWriter {
  const etags = new Map<string, string | null>()
  const isOver = () => clock() >= endsAt
  const put = async (key: string, text: string): Promise<string | null> => {
    if (isOver()) return tooLate
    try {
      const etag = await bucket.put(key, text, signalAfter(endsAt - clock()))
      etags.set(key, etag === '' || etag === md5(text) ? null : etag)
      return null
    } catch (error) {
      return messageOf(error)
    }
  }
  const file = async (name: string, key: string, text: string | null): Promise<FileOutcome> => {
    if (text === null) return { hash: null, due: null }
    const failure = await put(key, text)
    return failure === null ? { hash: hashText(text), due: null } : { hash: null, due: `${name} is due: ${failure}` }
  }
  return { isOver, put, file, etags }
}
