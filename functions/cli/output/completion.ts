import type { Command, Option } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

/** What there is to complete behind the words that call a command. */
interface Place {
  /** The words, without the program's name. */
  readonly words: readonly string[]
  readonly commands: readonly Command[]
  readonly options: readonly Option[]
  /** What the arguments may be, where that is known. */
  readonly choices: readonly string[]
  readonly description: string
}

/** What makes a shell complete the commands, flags and choices of a program. */
export function completionOf(program: Command, shell: Shell): string {
  const places = placesOf(program, [])
  if (shell === 'fish') return fish(program.name(), places)
  const text = bash(program.name(), places)
  if (shell === 'bash') return text
  return `autoload -U +X compinit && compinit -u\nautoload -U +X bashcompinit && bashcompinit\n${text}`
}

function placesOf(command: Command, words: readonly string[]): Place[] {
  const commands = command.commands.filter(one => !isHidden(one))
  const choices = command.registeredArguments.flatMap(argument => argument.argChoices ?? [])
  const options = command.options.filter(({ hidden }) => !hidden)
  const place = { words, commands, options, choices, description: command.description() }
  return [place, ...commands.flatMap(one => placesOf(one, [...words, one.name()]))]
}

/** Commander keeps it to itself. */
function isHidden(command: Command): boolean {
  return (command as unknown as { readonly _hidden?: boolean })._hidden === true
}

function flagsOf({ short, long }: Option): string[] {
  return [short, long].flatMap(flag => flag ?? [])
}

function takesFile(option: Option): boolean {
  return /<(dir|file)>/.test(option.flags)
}

function bash(name: string, places: readonly Place[]): string {
  const key = (words: readonly string[]) => `'${words.map(word => ` ${word}`).join('')}'`
  const steps = places
    .filter(({ words }) => words.length > 0)
    .map(({ words }) => `      ${key(words)}) path="$path $word" ;;`)
  const values = places.flatMap(({ words, options }) =>
    options.flatMap(option => {
      const flags = flagsOf(option).map(flag => `'${words.map(word => ` ${word}`).join('')} ${flag}'`)
      if (flags.length === 0) return []
      if (option.argChoices !== undefined)
        return [
          `    ${flags.join('|')}) COMPREPLY=($(compgen -W '${option.argChoices.join(' ')}' -- "$cur")); return ;;`,
        ]
      if (takesFile(option)) return [`    ${flags.join('|')}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`]
      return option.required ? [`    ${flags.join('|')}) return ;;`] : []
    }),
  )
  const words = places.map(({ words: at, commands, options, choices }) => {
    const all = [...commands.map(one => one.name()), ...choices, ...options.flatMap(flagsOf), '--help']
    return `    ${key(at)}) COMPREPLY=($(compgen -W '${all.join(' ')}' -- "$cur")) ;;`
  })
  return `# Completion of ${name} for bash.
_${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$path $word" in
${steps.join('\n')}
    esac
  done
  case "$path $prev" in
${values.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
}
complete -o bashdefault -o default -F _${name} ${name}
`
}

function fish(name: string, places: readonly Place[]): string {
  const lines = places.flatMap(({ words, commands, options, choices }) => {
    const last = words.at(-1)
    const when =
      last === undefined
        ? '__fish_use_subcommand'
        : words.map(word => `__fish_seen_subcommand_from ${word}`).join('; and ')
    const start = `complete -c ${name} -n '${when}'`
    return [
      ...commands.map(one => `${start} -f -a ${one.name()} -d ${quoted(one.description())}`),
      ...choices.map(choice => `${start} -f -a ${choice}`),
      ...options.map(option => `${start}${fishFlags(option)} -d ${quoted(option.description)}`),
    ]
  })
  return `# Completion of ${name} for fish.\n${lines.join('\n')}\n`
}

function fishFlags(option: Option): string {
  const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`
  const long = option.long === undefined ? '' : ` -l ${option.long.slice(2)}`
  const values = option.argChoices === undefined ? '' : ` -a '${option.argChoices.join(' ')}'`
  return `${short}${long}${option.required ? (takesFile(option) ? ' -r' : ' -x') : ''}${values}`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
