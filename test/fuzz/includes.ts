import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { randomInclude, zoneMark } from '../fixtures/includes/random.ts'
import { toolOr } from '../helpers/debian.ts'
import { findingsOf, loadable, sampleZone, zoneWith } from '../helpers/zones.ts'
import type { Random } from '../simulation/world/random.ts'
import { createBook, type Fuzzed, garbled, injections } from './garbage.ts'

const batch = 2000
/** This many of a batch are also asked what stands at the apex: each takes a process. */
const compiled = 20

/** Zone includes, garbled and hostile: refused with a place, or a zone that BIND loads and that has no other addresses. */
export async function fuzzIncludes(random: Random, inputs: number): Promise<Fuzzed> {
  const book = createBook()
  for (let count = 0; count < inputs; count += batch) {
    const wanted = Math.min(batch, inputs - count)
    const accepted: { zone: string; text: string }[] = []
    for (const [at, include] of drawIncludes(random, wanted).entries()) {
      const zone = `z${at}.org`
      const text = include.replaceAll(zoneMark, zone)
      try {
        const findings = findingsOf(text, { zone })
        // What passes with a warning (behaviour §7.5) is data of a type that nobody checks.
        if (findings.length === 0) accepted.push({ zone, text: zoneWith(text, { zone }) })
        const isRefused = findings.some(finding => / error: /.test(finding))
        book.end(findings.length === 0 ? 'accepted' : isRefused ? 'refused' : 'accepted with a warning')
      } catch (error) {
        book.fault(String(error), text)
      }
    }
    askBind(accepted, book)
  }
  return book.read()
}

function drawIncludes(random: Random, wanted: number): string[] {
  return fc.sample(randomInclude, { seed: random.int(2 ** 31), numRuns: wanted }).map(include => {
    if (random.chance(0.3)) return include
    if (random.chance(0.2)) return `m TXT "${random.pick(injections)}"\n`
    return garbled(include, random)
  })
}

function askBind(accepted: readonly { zone: string; text: string }[], book: ReturnType<typeof createBook>): void {
  const checkconf = toolOr('named-checkconf')
  const compilezone = toolOr('named-compilezone')
  if (checkconf === null || compilezone === null || accepted.length === 0) return
  const loaded = loadable(checkconf, accepted)
  for (const [at, one] of accepted.entries()) if (loaded[at] === false) book.fault('BIND does not load it', one)
  const addresses = JSON.stringify([...sampleZone().addresses].sort())
  for (const one of accepted.slice(0, compiled)) {
    const found = JSON.stringify(apexOf(one.zone, one.text, compilezone))
    if (found !== addresses) book.fault(`the apex has ${found}`, one)
  }
}

/** The addresses at the apex, as BIND reads the zone. */
function apexOf(zone: string, text: string, compilezone: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'edgemanage-fuzz-'))
  try {
    writeFileSync(join(folder, 'zone'), text)
    const { stdout } = spawnSync(compilezone, ['-i', 'local', '-o', '-', zone, join(folder, 'zone')], {
      encoding: 'utf8',
    })
    const records = stdout.split('\n').map(one => one.split(/\s+/))
    return records
      .flatMap(([owner, , , type, data = '']) => (owner === `${zone}.` && /^A{1,4}$/.test(type ?? '') ? [data] : []))
      .sort()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
