import type { Field } from './field.ts'
import { location } from './location.ts'
import { host, mailbox, name, serviceTarget } from './name-fields.ts'
import { substitution } from './naptr-regex.ts'
import {
  algorithm,
  certificateType,
  digestType,
  ipv4,
  ipv6,
  keyFlags,
  number8,
  number16,
  number32,
  protocol,
  seconds,
  tag,
} from './number-fields.ts'
import { base64, hex, hexBy } from './octet-fields.ts'
import { serviceParameters } from './service-parameters.ts'
import { quotedValue, text, texts, value } from './text-fields.ts'

const digest = hexBy({ 1: 20, 2: 32, 4: 48 }, 'some')
const fingerprint = hexBy({ 1: 20, 2: 32 }, 'any')
const key = [keyFlags, protocol, algorithm, base64]
const signer = [number16, algorithm, digestType, digest]
const association = [number8, number8, number8, hex]
const service = [number16, serviceTarget, serviceParameters]

/** What the data of each type that is checked consists of (behaviour §7.5), as BIND 9.18 reads it. */
export const grammars: Readonly<Record<string, readonly Field[]>> = {
  A: [ipv4],
  AAAA: [ipv6],
  AFSDB: [number16, host],
  CAA: [number8, tag, value],
  CDNSKEY: key,
  CDS: signer,
  CERT: [certificateType, number16, algorithm, base64],
  CNAME: [name],
  DNAME: [name],
  DNSKEY: key,
  DS: signer,
  HINFO: [text, text],
  HTTPS: service,
  LOC: [location],
  MX: [number16, host],
  NAPTR: [number16, number16, text, text, substitution, name],
  NS: [host],
  OPENPGPKEY: [base64],
  PTR: [name],
  RP: [mailbox, name],
  SMIMEA: association,
  SOA: [host, mailbox, number32, seconds, seconds, seconds, seconds],
  SPF: [texts],
  SRV: [number16, number16, number16, host],
  SSHFP: [number8, number8, fingerprint],
  SVCB: service,
  TLSA: association,
  TXT: [texts],
  URI: [number16, number16, quotedValue],
}

/** The names in the data of types that are not checked, by their place, which name servers refuse all the same. */
export const uncheckedNames: Readonly<Record<string, Readonly<Record<number, Field>>>> = {
  A6: { 2: host },
  DSYNC: { 3: host },
  MINFO: { 0: mailbox, 1: mailbox },
  RT: { 1: host },
}
