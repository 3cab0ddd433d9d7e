import type { Command, Help, Option } from 'commander'
import { examplesOf, wordsOf } from './examples.ts'

/** Variables that say what flags do not. */
const environment = [
  ['EDGEMANAGE_CONFIG', 'the configuration folder, where -c does not name one'],
  ['EDGEMANAGE_LOCAL', 'the folder for state and published files, where neither --local nor --stack is given'],
  ['EDGEMANAGE_STACK', 'the CloudFormation stack, where neither --local nor --stack is given'],
  ['EDGEMANAGE_NETWORK', 'the network, where -A does not name one'],
  ['TABLE_NAME, BUCKET_NAME', 'table and bucket on AWS, where nothing else says where to work'],
  ['NO_COLOR', 'no colours'],
] as const

/** The manual page of a program in roff, from what its --help is made of. */
export function manOf(program: Command, version: string): string {
  const help = program.createHelp()
  return `${[
    `.TH ${program.name().toUpperCase()} 1 "" "${program.name()} ${version}"`,
    '.SH NAME',
    `${program.name()} \\- ${text(lower(program.description()))}`,
    '.SH SYNOPSIS',
    `.B ${program.name()}`,
    '.I command',
    '[flags]',
    '.SH DESCRIPTION',
    text(program.description()),
    '.SH COMMANDS',
    ...commandsOf(program).flatMap(command => commandLines(command, help)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, words]) => ['.TP', `.B ${text(name)}`, text(words)]),
    '.SH EXIT STATUS',
    '0: success. 1: the work failed. 2: wrong usage or configuration.',
    text('3: manage --dry-run --detailed-exitcode plans a change. Of check: 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN.'),
    '.SH EXAMPLES',
    ...exampleLines(program),
  ].join('\n')}\n`
}

function commandsOf(command: Command): Command[] {
  const shown = command.createHelp().visibleCommands(command)
  return shown.filter(one => one.name() !== 'help').flatMap(one => [one, ...commandsOf(one)])
}

function commandLines(command: Command, help: Help): string[] {
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
  return [
    `.SS ${text(`${wordsOf(command)} ${command.usage()}`)}`,
    text(`${command.description()}.`),
    ...options.flatMap(option => ['.TP', `.B ${text(option.flags)}`, text(describe(option, help))]),
    ...exampleLines(command),
  ]
}

function describe(option: Option, help: Help): string {
  return help.optionDescription(option) || ' '
}

function exampleLines(command: Command): string[] {
  return examplesOf(command).flatMap(line => ['.PP', '.nf', text(`$ ${line}`), '.fi'])
}

/** A line for roff: what it would take for its own is escaped. */
function text(line: string): string {
  const escaped = line.replaceAll('\\', '\\e').replaceAll('-', '\\-')
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`
}
