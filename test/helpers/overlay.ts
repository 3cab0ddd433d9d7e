import { fileURLToPath } from 'node:url'
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import type { ConfigSource } from '../../functions/core/config/source.ts'

const folder = (name: string) => configFolder(fileURLToPath(new URL(`../fixtures/config/${name}`, import.meta.url)))

/** A fixture's folder laid over the sound base: its files come first, its folders list the files of both. */
export function overlay(name: string): ConfigSource {
  const [top, base] = [folder(name), folder('base')]
  return {
    list: path => {
      const both = [...(top.list(path) ?? []), ...(base.list(path) ?? [])]
      return both.length === 0 ? null : [...new Set(both)]
    },
    read: path => top.read(path) ?? base.read(path),
  }
}
