/** Records and bytes that a connection may bring without anything of an answer in them, and in proportion to all of it. */
const maxRecords = 256
const bytesPerRecord = 64
const maxSilentBytes = 163_840
const maxSilentShare = 0.5
const maxTickets = 16
const headerBytes = 5

/** Watches over what TLS itself brings, which the one who reads the answer never sees. */
export interface TlsRecords {
  /** Counts records; false: there are too many. */
  readonly take: (bytes: Buffer) => boolean
  /** This many bytes of these were the answer's. */
  readonly gave: (bytes: number) => void
  /** A session ticket has come; false: there are too many. */
  readonly ticket: () => boolean
  /** Whether there were more bytes without anything of an answer than are bearable. */
  readonly isFlood: () => boolean
  /** The first bytes of all, for what they tell about the other side. */
  readonly first: () => Buffer
}

/**
 * Bounds for what comes beneath the answer (behaviour §1.1): session tickets, key updates, empty records and certificates
 * take the prober's time, and so that of other edges' probes.
 */
export function createTlsRecords(): TlsRecords {
  let [total, answer, records, tickets] = [0, 0, 0, 0]
  let first = Buffer.alloc(0)
  /** Bytes up to the next record's header, and the part of that header that has come. */
  let skip = 0
  let header: number[] = []
  const take = (bytes: Buffer) => {
    if (first.length < 16) first = Buffer.concat([first, bytes.subarray(0, 16)]).subarray(0, 16)
    total += bytes.length
    for (let at = 0; at < bytes.length; ) {
      if (skip > 0) {
        const jump = Math.min(skip, bytes.length - at)
        skip -= jump
        at += jump
        continue
      }
      header.push(Number(bytes[at++]))
      if (header.length < headerBytes) continue
      skip = Number(header[3]) * 256 + Number(header[4])
      header = []
      records++
    }
    return records <= maxRecords + total / bytesPerRecord
  }
  return {
    take,
    gave: bytes => {
      answer += bytes
    },
    ticket: () => ++tickets <= maxTickets,
    isFlood: () => total - answer > maxSilentBytes + answer * maxSilentShare,
    first: () => first,
  }
}
