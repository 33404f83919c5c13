import type { Options } from '../options.ts'

/** A command line that takes no parser: one of the commands that must feel instant, words, and switches that stand for themselves. */
export interface PlainCommandLine {
  command: 'list' | 'explain'
  args: string[]
  options: Pick<Options, 'json' | 'jsonl' | 'color'>
}

const switches: Readonly<Record<PlainCommandLine['command'], readonly string[]>> = {
  list: ['--json', '--no-color'],
  explain: ['--json', '--no-color'],
}

/**
 * null: anything else, faulty lines among them, which read-command-line.ts reads. What is explained is in the line: standard input can be
 * read once only.
 */
export function plainCommandLine([command = '', ...rest]: readonly string[]): PlainCommandLine | null {
  if (command !== 'list' && command !== 'explain') return null
  const flags = rest.filter(word => word.startsWith('-'))
  const args = rest.filter(word => !word.startsWith('-'))
  if (!flags.every(flag => switches[command].includes(flag))) return null
  if ((command === 'list') !== (args.length === 0)) return null
  const has = (flag: string) => flags.includes(flag)
  return { command, args, options: { json: has('--json'), jsonl: false, color: !has('--no-color') } }
}
