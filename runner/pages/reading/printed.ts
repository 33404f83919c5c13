import type { ShellState } from './shell-state.ts'
import { unknown } from './trace.ts'

/** What a program prints that changes nothing but text; `unknown` where only running it tells. */
export function printed(name: string, args: readonly string[], input: string | null, state: ShellState): string {
  if (name === 'echo') return echoed(args)
  if (name === 'printf' && args[0] !== undefined && !args[0].startsWith('-')) return formatted(args)
  if (name === 'cat') {
    const files = args.filter(arg => !arg.startsWith('-'))
    if (files.length === 0) return input ?? unknown
    return files.map(file => state.files.get(state.path(file)) ?? unknown).join('')
  }
  if (name === 'tee') return input ?? unknown
  if (name === 'aws') return asked(args)
  return /^(source|\.|export|cd|set|mkdir|rm|touch|unset|shopt|alias|true|:|chmod|sleep|trap|)$/.test(name)
    ? ''
    : unknown
}

function echoed(args: readonly string[]): string {
  const first = args.findIndex(arg => !/^-[neE]+$/.test(arg))
  const flags = args.slice(0, first < 0 ? args.length : first).join('')
  const text = (first < 0 ? [] : args.slice(first)).join(' ')
  const plain = flags.includes('e') ? text.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : text
  return flags.includes('n') ? plain : `${plain}\n`
}

function formatted([format = '', ...args]: readonly string[]): string {
  let at = 0
  const text = format
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replace(/%(.)/g, (whole, kind: string) =>
      kind === '%' ? '%' : /[sdi]/.test(kind) ? (args[at++] ?? '') : `${unknown}${whole.slice(2)}`,
    )
  return at < args.length ? unknown : text
}

/** The two questions whose answers are known beforehand. */
function asked(args: readonly string[]): string {
  const line = args.join(' ')
  if (/^sts get-caller-identity\b/.test(line) && /--query ["']?Account\b/.test(line)) return '{{account}}\n'
  if (/^configure get region\b/.test(line)) return '{{region}}\n'
  return unknown
}
