import { type Command, forEachChild, type ParsedScript, type Pipeline, parse, type SyntaxNode } from 'unbash'
import type { Place } from '../../definition/index.ts'
import type { Page, PageCommand } from '../parse/page.ts'
import { type Expander, expand, expandParts } from './expand.ts'
import { placesIn } from './places.ts'
import { printed } from './printed.ts'
import type { ShellState } from './shell-state.ts'
import { type Ran, type Trace, unknown, type VariableUse, type Written } from './trace.ts'

type Position = Pick<Ran, 'pipe' | 'into'>
const alone: Position = { pipe: { index: 0, of: 1, checked: false }, into: null }

/** Reads the commands of pages one after the other, and keeps what each leaves: variables, files, what it called. */
export class ScriptReader {
  readonly ran: Ran[] = []
  readonly uses: VariableUse[] = []
  readonly texts: { text: string; place: Place }[] = []
  readonly #state: ShellState
  #page: Page | null = null
  #command: PageCommand | null = null
  #at: (offset: number) => Place = () => ({ file: '', line: 1, column: 1 })
  /** In a file that is read, places are those of the command that reads it. */
  #quiet = false

  constructor(state: ShellState) {
    this.#state = state
  }

  readCommand(page: Page, command: PageCommand, script: ParsedScript): void {
    this.#page = page
    this.#command = command
    this.#at = placesIn(page, command)
    this.#visit(script, alone)
  }

  /** Gives what the last command printed. */
  #visit(node: SyntaxNode, position: Position, input: string | null = null): string {
    if (node.type === 'Command') return this.#run(node, position, input)
    if (node.type === 'Pipeline') return this.#pipe(node, position)
    if (node.type === 'For' || node.type === 'Select') this.#state.variables.set(node.name.value, unknown)
    if (node.type === 'Function') this.#state.variables.set(`${node.name.value}()`, '')
    if (node.type === 'Word') {
      expand(node, this.#expander(position))
      return ''
    }
    let last = ''
    const all: string[] = []
    forEachChild(node, child => {
      last = this.#visit(child, position, input)
      if (child.type === 'Statement') all.push(last)
    })
    return all.length > 0 ? all.join('') : last
  }

  #pipe({ commands }: Pipeline, { into }: Position): string {
    let input: string | null = null
    commands.forEach((each, index) => {
      const pipe = { index, of: commands.length, checked: this.#state.pipefail }
      input = this.#visit(each, { pipe, into: index === commands.length - 1 ? into : null }, input)
    })
    return input ?? unknown
  }

  #run(node: Command, position: Position, piped: string | null): string {
    const expander = this.#expander(position)
    const name = node.name ? expand(node.name, expander) : ''
    const declares = /^(export|declare|local|readonly|typeset)$/.test(name)
    const words: { text: string; pos: number }[] = []
    const written: Written[] = []
    let input = piped
    for (const each of [...node.prefix, ...node.suffix]) {
      if (each.type === 'Assignment') {
        const into = { variable: each.name, hidden: declares }
        const value =
          each.value.type === 'Word' ? expand(each.value, this.#expander({ ...alone, into }), false) : unknown
        this.#text(value, each.pos)
        if (node.name === undefined || declares) this.#state.variables.set(each.name, each.append ? unknown : value)
      } else if (each.type === 'Word') {
        const text = expand(each, expander)
        words.push({ text, pos: each.pos })
        this.#text(text, each.pos)
      } else if (each.type === 'HereDoc') {
        input = each.body.parts ? expandParts(each.body.parts, expander, false) : each.body.text
        this.#text(input, each.body.pos)
      } else if (each.type === 'HereString') input = each.target ? expand(each.target, expander, false) : null
      else if (each.target) {
        const word = expand(each.target, expander)
        const path = this.#state.path(word)
        if (
          /^(>|>>|>\||&>|&>>)$/.test(each.operator) &&
          !path.startsWith('/dev/') &&
          each.descriptor?.type !== 'FileDescriptorVariable'
        )
          written.push({ path, word, appends: each.operator.includes('>>'), place: this.#place(each.target.pos) })
        else if (each.operator === '<') input = this.#state.files.get(path) ?? unknown
      }
    }
    const args = words.map(({ text }) => text)
    if (name === 'tee')
      for (const word of args.filter(arg => !arg.startsWith('-')))
        written.push({ path: this.#state.path(word), word, appends: args.includes('-a'), place: this.#place(node.pos) })
    const output = printed(name, args, input, this.#state)
    for (const { path, appends } of written) this.#write(path, appends, name === 'tee' ? input : output)
    this.#builtin(name, args)
    const [page, command] = [this.#page, this.#command]
    if (name !== '' && page && command && !this.#quiet)
      this.ran.push({
        ...{ page, command, name, args, written, input, ...position },
        place: this.#place(node.name?.pos ?? node.pos),
        places: words.map(({ pos }) => this.#place(pos)),
      })
    return written.length > 0 && name !== 'tee' ? '' : output
  }

  #builtin(name: string, args: readonly string[]): void {
    const { variables, files } = this.#state
    if (name === 'source' || name === '.') {
      const text = files.get(this.#state.path(args[0] ?? ''))
      if (typeof text !== 'string' || text.includes(unknown)) this.#state.blind = true
      else this.#readFile(text)
    } else if (name === 'eval') this.#state.blind = true
    else if (/^(read|mapfile|readarray|getopts)$/.test(name))
      for (const arg of args.filter(each => /^[A-Za-z_]\w*$/.test(each))) variables.set(arg, unknown)
    else if (name === 'unset') for (const arg of args) variables.delete(arg)
    else if (name === 'set' && args.includes('pipefail')) this.#state.pipefail = args.some(arg => /^-\w*o$/.test(arg))
  }

  #readFile(text: string): void {
    const before = this.#quiet
    this.#quiet = true
    this.#visit(parse(text), alone)
    this.#quiet = before
  }

  #write(path: string, appends: boolean, text: string | null): void {
    const before = appends ? (this.#state.files.get(path) ?? '') : ''
    this.#state.files.set(path, text === null ? null : `${before}${text}`)
  }

  #text(text: string, offset: number): void {
    if (!this.#quiet && text !== '') this.texts.push({ text, place: this.#place(offset) })
  }

  #place(offset: number): Place {
    return this.#at(this.#quiet ? 0 : offset)
  }

  #expander({ into }: Position): Expander {
    return {
      state: this.#state,
      substitute: script => this.#visit(script, { ...alone, into: into ?? null }).replace(/\n+$/, ''),
      used: (name, offset, quoted) => {
        if (!this.#quiet && !/^[0-9@*#?$!_-]$/.test(name))
          this.uses.push({ name, quoted, place: this.#place(offset), value: this.#state.value(name) })
      },
    }
  }
}

export type { Trace }
