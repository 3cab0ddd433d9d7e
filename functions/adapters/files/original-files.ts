import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../core/domain/message.ts'
import type { OriginalFiles } from '../../core/legacy/material.ts'

const ending = '.edgestore'
/** No file of the original comes near it. */
const maxBytes = 64 * 1024 * 1024

/**
 * Reads the original's health folder and state file, as far as they are named. Bytes that are not UTF-8 are damage like
 * any other. Files of the folder that cannot be read are listed with the reason; throws where the folder cannot be
 * listed or the state file cannot be read.
 */
export function readOriginalFiles(health: string | undefined, state: string | undefined): OriginalFiles {
  const names = health === undefined ? [] : readdirSync(health).filter(name => name.endsWith(ending))
  const stores = new Map<string, string>()
  const unreadable = new Map<string, string>()
  for (const name of names.sort()) {
    const edge = name.slice(0, -ending.length)
    try {
      stores.set(edge, textOf(join(String(health), name)))
    } catch (error) {
      unreadable.set(edge, messageOf(error))
    }
  }
  return { stores, unreadable, state: state === undefined ? null : textOf(state) }
}

function textOf(path: string): string {
  return new TextDecoder('utf-8').decode(readOriginalFile(path))
}

/** The bytes of a regular file; throws for anything else, without waiting for it. */
export function readOriginalFile(path: string): Uint8Array {
  // Opening a pipe would wait for who writes into it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new Error('is not a file')
    if (stat.size > maxBytes) throw new Error(`is larger than ${maxBytes / 1024 / 1024} MiB`)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}
