import { basename } from 'node:path'
import { DefinitionError, type Problem } from '../../definition/definition-error.ts'
import { readFrontMatter } from './front-matter.ts'
import { type Instruction, readInstruction } from './lab-comment.ts'
import { isCommands, isOutput, isTerminal, languageOf, leadsToOutput, looksPrinted } from './languages.ts'
import type { OutputBlock, Page, PageCommand } from './page.ts'
import { plainMarkdown, type Tab } from './plain-markdown.ts'
import { hasPrompts, promptedCommands } from './prompts.ts'
import { statementsOf } from './statements.ts'
import { type Found, walkMarkdown } from './walk-markdown.ts'

type Code = Extract<Found, { kind: 'code' }>
type Draft = { -readonly [Key in keyof PageCommand]: PageCommand[Key] }

/**
 * Reads a workshop page: its commands in order, and what it says that they print.
 * @throws DefinitionError for front matter or a `lab:` comment that means nothing
 */
export function readPage(file: string, source: string): Page {
  const front = readFrontMatter(file, source)
  const { text, tabs, leaves } = plainMarkdown(source, front.lines)
  const { title, found } = walkMarkdown(text, text.split('\n'))
  const leafCodes = leaves.map(
    (leaf): Code => ({ kind: 'code', ...leaf, firstLine: leaf.line, fenced: false, item: null }),
  )
  const all = [...found, ...leafCodes].sort((a, b) => lineOf(a) - lineOf(b))
  for (const [index, each] of all.entries()) {
    const last = all.slice(0, index).findLast(other => other.kind === 'code')
    if (each.kind === 'code' && each.item === null && leafCodes.includes(each))
      each.item = last?.kind === 'code' ? last.item : null
  }
  const problems: Problem[] = []
  const commands = new Commands(tabs)
  let said = null as Instruction | null
  let before = ''
  for (const each of all) {
    if (each.kind === 'text') before = each.text
    else if (each.kind === 'comment') {
      const read = readInstruction(each.html)
      if (read?.fault != null)
        problems.push({
          place: { file, line: each.line, column: 1 },
          message: `a comment says \`lab: ${read.fault}\`, which means nothing`,
          hint: 'there are: skip REASON, background, timeout 5m, run',
        })
      said =
        read === null
          ? said
          : { ...read, mode: read.mode ?? said?.mode ?? null, timeout: read.timeout ?? said?.timeout ?? null }
    } else {
      const info = languageOf(each.language)
      const printed = leadsToOutput(before) && (isOutput(info) || looksPrinted(each.text))
      const runs = isCommands(info) || (info === '' && hasPrompts(each.text, false))
      if (printed && !hasPrompts(each.text, isTerminal(info))) commands.output(each, info)
      else if (runs) commands.block(each, isTerminal(info), said)
      said = null
      before = ''
    }
  }
  if (problems.length > 0) throw new DefinitionError(problems)
  return {
    file,
    title: front.title ?? title ?? basename(file),
    needs: front.needs,
    env: front.env,
    commands: commands.drafts,
    source,
  }
}

const lineOf = (found: Found): number => (found.kind === 'code' ? found.firstLine : found.line)

/** Collects the commands of a page's blocks. */
class Commands {
  readonly drafts: Draft[] = []
  readonly #tabs: readonly Tab[]
  readonly #taken = new Map<string, number>()
  /** Of each group of tabs, the one whose commands are run. */
  readonly #chosen = new Map<number, number>()
  #blocks = 0

  constructor(tabs: readonly Tab[]) {
    this.#tabs = tabs
  }

  block({ text, firstLine, item }: Code, terminal: boolean, said: Instruction | null): void {
    this.#blocks += 1
    const stem = item === null ? `block-${this.#blocks}` : `step-${item}`
    const tab = this.#tabs.find(each => each.firstLine < firstLine && firstLine <= each.lastLine)
    if (tab && said?.mode !== 'skip') this.#chosen.set(tab.group, this.#chosen.get(tab.group) ?? tab.tab)
    const another = tab !== undefined && this.#chosen.get(tab.group) !== tab.tab && said?.mode !== 'run'
    const mode = another || said?.mode === 'skip' ? 'skip' : said?.mode === 'background' ? 'background' : 'run'
    const shared = {
      mode,
      reason: another ? 'another tab is run' : (said?.reason ?? null),
      timeout: said?.timeout ?? null,
    } as const
    const parts = hasPrompts(text, terminal)
      ? promptedCommands(text, terminal)
      : statementsOf(text).map(statement => ({ ...statement, output: null }))
    for (const { text: command, line, output } of parts) {
      const shown: OutputBlock | null = output && {
        text: output.text,
        firstLine: firstLine + output.firstLine,
        lastLine: firstLine + output.lastLine,
        language: '',
      }
      this.drafts.push({ id: this.#idOf(stem), text: command, line: firstLine + line, output: shown, ...shared })
    }
  }

  /** What the last command is said to print; a second such block belongs to no command. */
  output({ text, firstLine }: Code, language: string): void {
    const last = this.drafts.at(-1)
    if (!last || last.output !== null || text.trim() === '') return
    last.output = { text, firstLine, lastLine: firstLine + text.split('\n').length - 1, language }
  }

  #idOf(stem: string): string {
    const count = (this.#taken.get(stem) ?? 0) + 1
    this.#taken.set(stem, count)
    return count === 1 ? stem : `${stem}-${count}`
  }
}
