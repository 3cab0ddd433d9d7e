import { plainWords } from './plain-words.ts'
import type { TlsError } from './secure-wire.ts'

interface CertificateError extends TlsError {
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string | string[] } }
  readonly reason?: string
}

const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes without those that lead to a trusted authority',
  CERT_SIGNATURE_FAILURE: 'its certificate has a wrong signature',
  CERT_CHAIN_TOO_LONG: 'its chain of certificates is too long',
  INVALID_PURPOSE: 'its certificate is not for a server',
}

/** What goes wrong in TLS, in words: what the certificate is, what the other side's alert says, what it speaks instead. */
export function tlsWords(error: CertificateError, host: string): string {
  const { code = '', message } = error
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is for ${namesOf(error)}, not for ${host}`
  const fault = certificateFaults[code] ?? peerWords(error)
  return fault ?? `TLS fails (${plainWords(reasonOf(error) ?? (code || message), 80)})`
}

const namesTold = 3
const maxNameLength = 60

/** The first names that a certificate is for. */
function namesOf({ cert }: CertificateError): string {
  const names = cert?.subjectaltname?.split(', ', namesTold + 1).map(name => name.slice(name.indexOf(':') + 1)) ?? []
  if (names.length === 0) return plainWords(String(cert?.subject?.CN ?? 'no name'), maxNameLength)
  const told = names.slice(0, namesTold).map(name => plainWords(name, maxNameLength))
  return `${told.join(', ')}${names.length > namesTold ? ' …' : ''}`
}

/** Whether the first thing that the other side sent was an alert. */
export function isAlert({ firstBytes: first }: TlsError): boolean {
  return first !== undefined && first.length > 6 && first[0] === 21 && first[1] === 3
}

/** What the other side said, or speaks; null where it did nothing of note. */
function peerWords(error: CertificateError): string | null {
  const first = error.firstBytes ?? Buffer.alloc(0)
  const number = isAlert(error) ? first[6] : /SSL alert number (\d+)/.exec(error.message)?.[1]
  if (number !== undefined) return alertWords(Number(number))
  if (first.length > 0 && !(Number(first[0]) >= 20 && Number(first[0]) <= 24 && first[1] === 3)) {
    return `it does not speak TLS on this port${/^HTTP/i.test(first.toString('latin1')) ? ', but plain HTTP' : ''}`
  }
  const isHello = first[0] === 22 && first[5] === 2
  if (isHello && /unsupported.protocol|version/i.test(reasonOf(error) ?? '')) return versionWords(first[9], first[10])
  return null
}

const versions: Readonly<Record<number, string>> = { 0: 'SSL 3.0', 1: 'TLS 1.0', 2: 'TLS 1.1', 3: 'TLS 1.2' }

function versionWords(major: number | undefined, minor: number | undefined): string {
  const version = major === 3 ? versions[Number(minor)] : undefined
  return `it chose ${version ?? 'a version of TLS'}, which is not accepted here`
}

/** Alerts of TLS (RFC 8446 §6, RFC 5246 §7.2), and what an operator should know about some. */
const alerts: Readonly<Record<number, string>> = {
  0: 'close notify',
  10: 'unexpected message',
  20: 'bad record MAC',
  21: 'decryption failed',
  22: 'record overflow',
  30: 'decompression failure',
  40: 'handshake failure',
  42: 'bad certificate',
  43: 'unsupported certificate',
  44: 'certificate revoked',
  45: 'certificate expired',
  46: 'certificate unknown',
  47: 'illegal parameter',
  48: 'unknown authority',
  49: 'access denied',
  50: 'decode error',
  51: 'decrypt error',
  60: 'export restriction',
  70: 'protocol version',
  71: 'insufficient security',
  80: 'internal error',
  86: 'inappropriate fallback',
  90: 'user canceled',
  100: 'no renegotiation',
  109: 'missing extension',
  110: 'unsupported extension',
  112: 'unrecognized name',
  113: 'bad certificate status response',
  115: 'unknown PSK identity',
  116: 'certificate required',
  120: 'no application protocol',
}

const meanings: Readonly<Record<number, string>> = {
  40: 'no cipher, version or certificate in common, or it asks for a client certificate',
  70: 'it accepts no version of TLS that is used here',
  112: 'it has no certificate for this name',
  116: 'it asks for a client certificate',
  120: 'it does not speak HTTP/1.1 over TLS',
}

function alertWords(number: number): string {
  const meaning = meanings[number] === undefined ? '' : `: ${meanings[number]}`
  return `it ended TLS with the alert "${alerts[number] ?? number}"${meaning}`
}

/** OpenSSL's own words for what it did not like. */
function reasonOf({ reason, message }: CertificateError): string | null {
  return reason ?? /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/i.exec(message)?.[1] ?? null
}
