// The pieces of the command, which lie beside this file (build.config.ts). V8 takes a third of a short command's time to
// compile them: what it made of a piece once is kept in a file beside it, and taken from there where the same V8 would make
// the same of the same text. Commands only read these files; the build writes them.
'use strict'
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')
const { crc32 } = require('node:zlib')

/** By name: what a piece exports, whole or still being made. */
const modules = new Map()
/** By the file for it: a piece of which the compiled form may be kept. */
const scripts = new Map()
/** Bytes of the sum that stands behind a compiled form. */
const sumBytes = 4

/** What the piece of this name exports; it runs when it is first asked for. What failed is tried again the next time. */
function piece(name) {
  const known = modules.get(name)
  if (known !== undefined) return known.exports
  const module = { exports: {} }
  modules.set(name, module)
  const filename = join(__dirname, name)
  const own = id => (id.startsWith('./') ? piece(id.slice(2)) : require(id))
  try {
    compiled(filename)(module.exports, own, module, filename)
  } catch (error) {
    modules.delete(name)
    throw error
  }
  return module.exports
}

function compiled(filename) {
  const text = readFileSync(filename, 'utf8')
  const kept = `${filename}.${crc32(text).toString(16)}.compiled`
  const cachedData = readSound(kept)
  const options = cachedData === undefined ? { filename } : { filename, cachedData }
  const script = new Script(`(function (exports, require, module, __filename) {${text}\n})`, options)
  scripts.set(kept, script)
  return script.runInThisContext()
}

/** What is kept in a file; undefined where there is none, or where a bit of it has changed: V8 would run whatever it holds. */
function readSound(path) {
  try {
    const bytes = readFileSync(path)
    const data = bytes.subarray(0, -sumBytes)
    return bytes.readUInt32LE(data.length) === crc32(data) ? data : undefined
  } catch {
    return undefined
  }
}

/** Keeps the compiled form of the pieces that this process has loaded, with the functions that it has called. */
function keepCompiled() {
  for (const [path, script] of scripts) {
    const data = script.createCachedData()
    const sum = Buffer.alloc(sumBytes)
    sum.writeUInt32LE(crc32(data))
    const unfinished = `${path}.${process.pid}`
    writeFileSync(unfinished, Buffer.concat([data, sum]))
    renameSync(unfinished, path)
  }
}

module.exports = { keepCompiled, piece }
