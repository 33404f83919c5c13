import { type ParsedScript, parse } from 'unbash'

/** A part of a block that a shell takes as a whole. */
export interface Statement {
  text: string
  /** From 0, in the block. */
  line: number
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1

/**
 * A block of commands as statements, each with the here-documents that belong to it; those that stand on one line are one. A block that is
 * no Bash is given as it is: the shell will say what is wrong.
 */
export function statementsOf(block: string): Statement[] {
  const { commands, errors } = parse(block)
  if (errors !== undefined && errors.length > 0)
    return block.trim() === '' ? [] : [{ text: block, line: firstLine(block) }]
  const starts: number[] = []
  for (const [index, { pos }] of commands.entries()) {
    const before = commands[index - 1]
    if (before === undefined || lineAt(block, pos) > lineAt(block, before.end)) starts.push(pos)
  }
  return starts.map((start, index) => ({
    text: block.slice(start, starts[index + 1] ?? block.length).trimEnd(),
    line: lineAt(block, start),
  }))
}

const firstLine = (block: string): number => lineAt(block, block.search(/\S/))

/** Whether a shell would wait for more: a quote, a here-document, a construct is open, or the line is continued. */
export function isIncomplete(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(text)) return true
  const script = parse(text)
  return (script.errors?.length ?? 0) > 0 || hasOpenDocument(script)
}

/** The tree names a here-document that ends with the text `closing: undefined`. */
const hasOpenDocument = (script: ParsedScript): boolean =>
  JSON.stringify(script, (key, value) =>
    value !== null && typeof value === 'object' && value.type === 'HereDoc'
      ? { open: value.closing === undefined }
      : key === 'source'
        ? undefined
        : value,
  ).includes('"open":true')
