import { Command as Commander, CommanderError, Option } from 'commander'
import { didYouMean } from '../runner/definition/nearest-name.ts'
import { usageError } from '../runner/lab-error.ts'
import { type CommandSpec, commands, commandsToCome } from './commands/index.ts'
import { asksForVersion } from './help.ts'
import { flagsToCome, type Options, optionTable } from './options.ts'

export type CommandLine =
  | { spec: CommandSpec; args: string[]; options: Options }
  | { help: string }
  | { version: true }
  | { nothing: true }

/**
 * Finds the command and reads its arguments and flags; flags may stand before the command.
 * @throws LabError (usage) with the nearest name
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  if (asksForVersion(argv)) return { version: true }
  const { words, rest } = commandWords(argv)
  if (words[0] === undefined) return rest.length === 0 || asksHelp(rest) ? { nothing: true } : withoutCommand(rest)
  if (words[0] === 'help') return { nothing: true }
  const spec = findCommand(words)
  return read(spec, rest)
}

const asksHelp = (rest: readonly string[]) => rest.includes('--help') || rest.includes('-h')

function withoutCommand(rest: readonly string[]): never {
  throw usageError(`no command is given, only \`${rest.join(' ')}\``, 'lab --help lists the commands')
}

/** Flags that take the next word, when they stand before the command. */
const valued = new Set(
  Object.values(optionTable).flatMap(({ flags }) => (flags.includes('<') ? [flags.split(/[ ,]+/)[0] ?? ''] : [])),
)

/** Takes the command's one or two words out of the line. */
function commandWords(argv: readonly string[]): { words: string[]; rest: string[] } {
  const rest = [...argv]
  const words: string[] = []
  for (let at = 0; at < rest.length; ) {
    const word = rest[at] ?? ''
    if (word === '--') break
    if (word.startsWith('-')) {
      at += valued.has(word) ? 2 : 1
      continue
    }
    words.push(word)
    rest.splice(at, 1)
    if (words.length === 2 || word !== 'sandbox') break
  }
  return { words, rest }
}

function findCommand(words: readonly string[]): CommandSpec {
  const name = words.join(' ')
  const found = commands.find(command => command.name === name)
  if (found) return found
  if (commandsToCome.includes(name)) throw usageError(`\`lab ${name}\` is not built yet`, 'lab --help lists what is')
  const visible = commands.filter(command => !command.hidden).map(command => command.name)
  if (words[0] === 'sandbox') {
    const subcommands = visible.filter(each => each.startsWith('sandbox ')).map(each => each.slice('sandbox '.length))
    if (words[1] === undefined) throw usageError('`lab sandbox` needs a word more', `one of: ${subcommands.join(', ')}`)
    throw usageError(`there is no command \`lab ${name}\``, didYouMean(words[1], subcommands, 'there are'))
  }
  const first = [...new Set(visible.map(each => each.split(' ')[0] ?? ''))]
  throw usageError(`there is no command \`lab ${name}\``, didYouMean(name, first, 'the commands are'))
}

function read(spec: CommandSpec, rest: readonly string[]): CommandLine {
  let help = ''
  const commander = commanderOf(spec).configureOutput({
    writeOut: text => {
      help += text
    },
    writeErr: () => {},
  })
  try {
    commander.parse([...rest], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return { help }
    throw inOurWords(error, spec, rest)
  }
  return { spec, args: commander.args, options: { ...initialOptions(), ...commander.opts() } as Options }
}

function commanderOf(spec: CommandSpec): Commander {
  const commander = new Commander(`lab ${spec.name}`)
    .description(spec.summary)
    .exitOverride()
    .helpOption('-h, --help', 'this text')
  if (spec.arguments) commander.arguments(spec.arguments)
  if (spec.arguments === '<command...>') commander.passThroughOptions()
  for (const name of spec.options) {
    const { flags, summary, initial, choices, read: parse } = optionTable[name]
    const option = new Option(flags, summary)
    if (choices) option.choices([...choices])
    if (parse) option.argParser(parse)
    if (initial !== undefined) option.default(initial, typeof initial === 'object' ? 'none' : String(initial))
    commander.addOption(option)
  }
  return commander
}

/** Switches that a command does not have are off. */
const initialOptions = (): Partial<Options> => ({
  var: {},
  teardown: false,
  isolate: false,
  parallel: 4,
  failFast: false,
  dryRun: false,
  rerunFailed: false,
  update: false,
  orphans: false,
  yes: false,
  report: [],
  json: false,
  jsonl: false,
  context: {},
  solve: false,
  quiet: false,
  verbose: false,
  color: true,
  all: false,
  keepHome: false,
  open: false,
  fix: false,
  port: 0,
  student: [],
  gradebook: [],
  students: 30,
  seed: 1,
})

/** Commander's errors in this program's words. */
function inOurWords(error: CommanderError, spec: CommandSpec, rest: readonly string[]): Error {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  if (error.code === 'commander.unknownOption') {
    const flag = quoted.split('=')[0] ?? quoted
    if (flagsToCome.includes(flag)) return usageError(`the flag \`${flag}\` is not built yet`)
    const flags = spec.options.flatMap(name =>
      optionTable[name].flags.split(/[ ,]+/).filter(each => each.startsWith('-')),
    )
    const known = Object.values(optionTable).some(option => option.flags.split(/[ ,]+/).includes(flag))
    const message = known ? `\`lab ${spec.name}\` has no flag \`${flag}\`` : `there is no flag \`${flag}\``
    return usageError(message, known ? `lab ${spec.name} --help lists its flags` : didYouMean(flag, flags, 'there are'))
  }
  const usage = `lab ${spec.name} --help shows how it is used`
  if (error.code === 'commander.excessArguments') {
    const words = rest.filter(word => !word.startsWith('-'))
    return usageError(`too many words for \`lab ${spec.name}\`: \`${words.join(' ')}\``, usage)
  }
  if (error.code === 'commander.missingArgument') {
    const article = /^[aeiou]/i.test(quoted) ? 'an' : 'a'
    return usageError(`\`lab ${spec.name}\` needs ${article} ${quoted.toUpperCase()}`, usage)
  }
  if (error.code === 'commander.optionMissingArgument') return usageError(`\`${quoted}\` needs a value`, usage)
  if (error.code === 'commander.invalidArgument') {
    const value = /argument '([^']*)'/.exec(error.message)?.[1] ?? ''
    const choices = /choices are (.*)\.$/.exec(error.message)?.[1]?.split(', ') ?? []
    const flag = quoted.split(' ')[0] ?? ''
    return usageError(`\`${flag} ${value}\`: expected ${choices.join(' or ')}`, didYouMean(value, choices, 'there are'))
  }
  return usageError(
    error.message
      .replace(/^error: /, '')
      .replaceAll("'", '`')
      .replace(/\.$/, ''),
    usage,
  )
}
