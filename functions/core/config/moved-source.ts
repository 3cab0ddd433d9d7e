import type { ConfigSource } from './source.ts'

/** A file that is to be moved; paths with `/`, relative to the configuration folder. */
export interface Move {
  readonly from: string
  readonly to: string
}

/** The configuration as it will be once the file is moved: to be checked before anything is. */
export function movedSource(source: ConfigSource, { from, to }: Move): ConfigSource {
  const whence = (path: string) => (path === to ? from : path)
  return {
    list: folder => {
      const names = source.list(folder)
      const kept = names?.filter(name => `${folder}/${name}` !== from) ?? null
      if (!to.startsWith(`${folder}/`)) return kept
      const [name = ''] = to.slice(folder.length + 1).split('/')
      return [...new Set([...(kept ?? []), name])]
    },
    read: path => (path === from ? null : source.read(whence(path))),
    ...(source.outside === undefined ? {} : { outside: (path: string) => source.outside?.(whence(path)) ?? null }),
  }
}
