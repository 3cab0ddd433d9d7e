import { expect, test } from 'vitest'
import { ownFaultWords } from '../../../../functions/core/domain/own-fault.ts'

test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EPERM', 'EACCES'])(
  '%s is a failure of the prober',
  code => {
    expect(ownFaultWords(code)).toMatch(/^this (process|machine) /)
  },
)

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTFOUND', 'constructor', ''])(
  '"%s" may be that of an edge',
  code => {
    expect(ownFaultWords(code)).toBeNull()
  },
)
