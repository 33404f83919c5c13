import { commands } from './commands/index.ts'

export const asksForHelp = (argv: readonly string[]): boolean =>
  argv.length === 1 && ['--help', '-h', 'help'].includes(argv[0] ?? '')

export const asksForVersion = (argv: readonly string[]): boolean =>
  argv.length === 1 && ['--version', '-V'].includes(argv[0] ?? '')

/** `lab --help`, from the list of commands alone. */
export function generalHelp(): string {
  const rows = commands
    .filter(command => !command.hidden)
    .map(command => [`${command.name} ${argumentsOf(command.arguments)}`.trim(), command.summary] as const)
  const width = Math.max(...rows.map(([usage]) => usage.length)) + 2
  return `Usage: lab COMMAND [ARGUMENTS] [FLAGS]

Runs labs of AWS access control on a sandbox account of its own, or on AWS, and checks that
each call is allowed, or denied for exactly the reason the lab says.

${rows.map(([usage, summary]) => `  lab ${usage.padEnd(width)}${summary}`).join('\n')}

  lab COMMAND --help   the flags of a command
  lab --version

Exit codes: 0 as expected · 1 an expectation failed · 2 usage or definition error ·
3 environment, or a defect of ours · 4 something is left behind · 5 a guard refused · 130 interrupted
`
}

/** `[lab...]` as people write it: `[LAB...]`. */
export const argumentsOf = (text = ''): string => text.replaceAll(/[<>]/g, '').toUpperCase()
