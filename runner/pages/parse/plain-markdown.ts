/** A part of the page of which a reader takes one alternative: `{{< tabs >}}`, `::::tabs`. */
export interface Tab {
  /** Which group of tabs, and which tab of it, from 0. */
  group: number
  tab: number
  firstLine: number
  lastLine: number
}

/** A command written as a leaf directive: `::code[aws sts get-caller-identity]{language=bash}`. */
export interface LeafCode {
  line: number
  text: string
  language: string
}

export interface PlainMarkdown {
  /** Markdown with as many lines as the page. */
  text: string
  tabs: Tab[]
  leaves: LeafCode[]
}

/** The line that opens a fence; its second group is the marks. */
export const fence = /^((?:\s|>)*(?:[-*+] |\d+[.)] )?\s*)(`{3,}|~{3,})(.*)$/
/** Whether a line closes the fence that these marks opened. */
export const closesFence = (marks: string, line: string): boolean =>
  new RegExp(`^[\\s>]*${marks[0]}{${marks.length},}\\s*$`).test(line)

const directive = /^(\s*)(:{3,})\s*([A-Za-z-]+)?\s*(?:\[.*\])?\s*(\{.*\})?\s*$/
const leaf = /^\s*::code\[(.*)\](?:\{(.*)\})?\s*$/
const shortcode = /^\s*\{\{[<%]\s*(\/)?\s*([\w-]+)([^>%]*)[>%]\}\}\s*$/

/** `{language=bash}`, `{lang="sh"}`, `bash "linenos=table"`. */
const languageIn = (attributes: string): string =>
  /\b(?:language|lang)\s*=\s*["']?([\w+-]+)/.exec(attributes)?.[1] ?? ''

/**
 * Takes out of a page what is not Markdown: Hugo's shortcodes and Workshop Studio's directives, each on a line of its own. What holds code
 * becomes a fence, everything else an empty line, so that every line keeps its number.
 */
export function plainMarkdown(source: string, skippedLines: number): PlainMarkdown {
  const lines = source.split(/\r?\n/)
  const tabs = new TabReader()
  const leaves: LeafCode[] = []
  let open: string | null = null
  const directives: { colons: string; name: string }[] = []
  const plain = lines.map((line, index) => {
    const number = index + 1
    if (number <= skippedLines) return ''
    if (open !== null) {
      const closing = open.startsWith(':') ? directive.exec(line) : null
      const closesDirective = closing?.[2] === open && closing[3] === undefined
      const closesShortcode = open === 'highlight' && shortcode.exec(line)?.[2] === 'highlight'
      const closes = /^[`~]/.test(open) && closesFence(open, line)
      if (closesDirective || closesShortcode || closes) open = null
      return closesDirective || closesShortcode ? `${/^\s*/.exec(line)?.[0] ?? ''}${marks}` : line
    }
    const fenced = fence.exec(line)
    if (fenced) {
      open = fenced[2] ?? ''
      return line
    }
    const single = leaf.exec(line)
    if (single) {
      leaves.push({ line: number, text: single[1] ?? '', language: languageIn(single[2] ?? '') || 'bash' })
      return ''
    }
    const [, indent = '', colons, name, attributes = ''] = directive.exec(line) ?? []
    if (colons !== undefined) {
      if (name === 'code') {
        open = colons
        return `${indent}${marks}${languageIn(attributes)}`
      }
      if (name !== undefined) directives.push({ colons, name })
      const closed = name === undefined ? directives.pop()?.name : undefined
      tabs.see(name ?? closed ?? '', name === undefined, number)
      return ''
    }
    const [, closing, code, rest = ''] = shortcode.exec(line) ?? []
    if (code === undefined) return line
    if (code === 'highlight' && closing === undefined) {
      open = 'highlight'
      return `${/^\s*/.exec(line)?.[0] ?? ''}${marks}${/^\s*["']?([\w+-]+)/.exec(rest)?.[1] ?? ''}`
    }
    tabs.see(code, closing !== undefined, number)
    return ''
  })
  return { text: plain.join('\n'), tabs: tabs.found(lines.length), leaves }
}

/** Longer than any fence that a page uses inside of one. */
const marks = '``````'

/** Which lines belong to which tab. */
class TabReader {
  readonly #tabs: Tab[] = []
  #group = 0
  #inGroup: { group: number; tabs: number } | null = null

  see(name: string, closing: boolean, line: number): void {
    if (name === 'tabs') {
      if (!closing) this.#group += 1
      this.#end(line)
      this.#inGroup = closing ? null : { group: this.#group, tabs: 0 }
    } else if (name === 'tab' && this.#inGroup) {
      this.#end(line)
      if (closing) return
      this.#tabs.push({ group: this.#inGroup.group, tab: this.#inGroup.tabs, firstLine: line, lastLine: 0 })
      this.#inGroup.tabs += 1
    }
  }

  #end(line: number): void {
    const last = this.#tabs.at(-1)
    if (last && last.lastLine === 0) last.lastLine = line
  }

  found(lines: number): Tab[] {
    this.#end(lines)
    return this.#tabs
  }
}
