import { isIncomplete } from './statements.ts'

/** A command behind a prompt, and what the block shows after it. */
export interface Prompted {
  text: string
  /** Lines from 0, in the block. */
  line: number
  output: { text: string; firstLine: number; lastLine: number } | null
}

/** `$ `, `user@host:~$ `, `[ec2-user@ip ~]$ `, `(sandbox) ~ $ `, `~/environment $ `. */
const prompt =
  /^(?:\([\w.-]+\) ?)?(?:[\w.-]+@[\w.-]+(?::|\s)?[\w~/.-]*|\[[^\]]+\]|~[\w/.-]*|[\w.-]+:~?[\w/.-]*)? ?[$%] +(?=\S)/
/** Root's, only where the language says that it is a terminal: else it begins a comment. */
const rootPrompt = /^(?:[\w.-]+@[\w.-]+[^#]*)?# +(?=\S)/
/** What a shell shows before the rest of a command. */
const more = /^> ?/

/** Whether a block shows prompts: its first line that says something begins with one. */
export function hasPrompts(block: string, terminal: boolean): boolean {
  const first = block.split('\n').find(line => line.trim() !== '' && (terminal || !line.trimStart().startsWith('#')))
  return first !== undefined && (prompt.test(first) || (terminal && rootPrompt.test(first)))
}

/** The commands of a block with prompts, each with its output. */
export function promptedCommands(block: string, terminal: boolean): Prompted[] {
  const lines = block.split('\n')
  const promptOf = (line: string) => prompt.exec(line)?.[0] ?? (terminal ? rootPrompt.exec(line)?.[0] : undefined)
  const found: Prompted[] = []
  for (let at = 0; at < lines.length; ) {
    const start = at
    const before = promptOf(lines[at] ?? '')
    if (before === undefined) {
      at += 1
      continue
    }
    let text = (lines[at] ?? '').slice(before.length)
    at += 1
    while (at < lines.length && isIncomplete(text) && promptOf(lines[at] ?? '') === undefined) {
      text += `\n${(lines[at] ?? '').replace(more, '')}`
      at += 1
    }
    const firstLine = at
    while (at < lines.length && promptOf(lines[at] ?? '') === undefined) at += 1
    const shown = lines.slice(firstLine, at)
    while (shown.length > 0 && shown.at(-1)?.trim() === '') shown.pop()
    const output =
      shown.length === 0 ? null : { text: shown.join('\n'), firstLine, lastLine: firstLine + shown.length - 1 }
    found.push({ text, line: start, output })
  }
  return found
}
