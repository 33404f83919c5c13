import type { Page, PageCommand } from '../parse/page.ts'
import { readTrace } from '../reading/read-trace.ts'
import { type Ran, unknown } from '../reading/trace.ts'

/** Builtins that run what reading does not see, or reach beyond the shell. */
const beyond = /^(eval|exec|source|\.|builtin|enable|hash|alias|trap|pushd|popd|kill|history|fc|suspend|coproc)$/

/** Redirections that the reading of pages leaves out: of compound commands, and those that are rare. Rather one too many than one too few. */
const raw = [
  />\|?\s*["']?(?:\/(?!dev\/(?:null|stdout|stderr|tty)\b)|~\w|(?:\S*\/)?\.\.\/)/,
  /(?:[})]|\b(?:done|fi|esac))\s*[\d&]?>+\|?\s*["']?[$`]/,
  /<>|>&\s*[^\d\s&-]|\{\w+\}[<>]/,
]

/** A file that sets variables to plain values, and does nothing else. */
const settings = /^(?:(?:export\s+)?\w+=[^`$();&|<>\n]*(?:\n|$)|\s*\n)*$/

const temporary = /(?<![\w.~/-])\/tmp\/([\w.-]+)(?![\w./-])/g

/** The page with the files that it writes right under `/tmp` in its home instead, so that what it does with them can be told. */
export function withOwnTemporaryFiles(page: Page): Page {
  const written = new Set(
    page.commands.flatMap(({ text }) => [...text.matchAll(/>\s*\/tmp\/([\w.-]+)(?![\w./-])/g)].map(([, name]) => name)),
  )
  const moved = (text: string) =>
    text.replace(temporary, (path, name: string) => (written.has(name) ? `$HOME/${name}` : path))
  return { ...page, commands: page.commands.map(command => ({ ...command, text: moved(command.text) })) }
}

/** The commands of a page that would, or might, change something outside of the shell's home: a dry run does not run them. */
export function changeThisMachine(page: Page): Set<PageCommand> {
  const found = new Set(page.commands.filter(({ text }) => raw.some(pattern => pattern.test(text))))
  const { ran, files } = readTrace([{ page, env: {} }])
  const onlySets = ({ name, args }: Ran) => /^(source|\.)$/.test(name) && settings.test(files.get(args[0] ?? '') ?? '`')
  for (const each of ran) if (reachesOut(each) && !onlySets(each)) found.add(each.command)
  return found
}

const reachesOut = ({ name, args, written }: Ran): boolean =>
  name.includes('/') ||
  name.includes(unknown) ||
  beyond.test(name) ||
  (name === 'command' && !/^-[vV]$/.test(args[0] ?? '')) ||
  (name === 'unset' && args.includes('-f')) ||
  (name !== 'tee' && written.some(({ word }) => !isInside(word)))

/** A place below the home, or the shell's own folder: what that is, its `cd` looks after. */
const isInside = (word: string): boolean =>
  !word.includes(unknown) && !/^\/(?!dev\/)|^~(?!\/)|(?:^|\/)\.\.(?:\/|$)/.test(word)
