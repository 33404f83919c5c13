/** A key with what stands after it on its line, and the lines below that are indented. */
export interface Entry {
  text: string
  body: string
}

const anyTopLine = /^[^ #\r\n].*$/gm
const keyLine = /^([a-z][a-z-]*):(?: +(.*?))?\s*$/

/**
 * The top level of a YAML file in its plainest form, read without the parser, which takes longer to load than a catalogue to print. Lines
 * are looked for by whole expressions: this code runs once, so it is never compiled.
 * null: some line is not of that form, or a key stands twice, and it takes the parser to tell what the file says.
 */
export const topLevel = (text: string): Map<string, Entry> | null =>
  /\t|\uFEFF|^[-.%]/m.test(text) ? null : entriesOf(text, anyTopLine, line => line[0])

/**
 * The entries of a block by the lines that begin them.
 * @param begins finds the lines, all of them
 * @param written the `key: value` of such a line
 */
export function entriesOf(
  block: string,
  begins: RegExp,
  written: (line: RegExpMatchArray) => string | undefined,
): Map<string, Entry> | null {
  const entries = new Map<string, Entry>()
  let last: { key: string; text: string; from: number } | null = null
  const end = (at: number): void => {
    if (last !== null) entries.set(last.key, { text: last.text, body: block.slice(last.from, at) })
  }
  for (const line of block.matchAll(begins)) {
    const [, key, text = ''] = keyLine.exec(written(line) ?? '') ?? []
    end(line.index)
    if (key === undefined || entries.has(key)) return null
    last = { key, text, from: line.index + line[0].length }
  }
  end(block.length)
  return entries
}

/** A one-line text. null: it is none, or in a form that takes the parser. */
export function plainText({ text, body }: Entry): string | null {
  if (body.replace(/^\s*#.*$/gm, '').trim() !== '') return null
  const [, double, single] = /^(?:"([^"\\]+)"|'([^']+)')$/.exec(text) ?? []
  if (double !== undefined || single !== undefined) return double ?? single ?? null
  const isPlain = /^[A-Za-z][^#]*$/.test(text) && !/: |:$/.test(text)
  return isPlain && !/^(?:true|false|null)$/i.test(text) ? text : null
}

/** A list of slugs, `[a, b]` on the line or `- a` on each of the next. null: as above. */
export function plainSlugs({ text, body }: Entry): string[] | null {
  const lines = body.split('\n').filter(line => !/^\s*(?:#|$)/.test(line))
  const inline = /^\[(.*)\]$/.exec(text)?.[1]
  if (text !== '' && (inline === undefined || lines.length > 0)) return null
  const words =
    inline === undefined
      ? lines.map(line => /^ *- +(\S+)\s*$/.exec(line)?.[1] ?? '')
      : inline.split(',').map(word => word.trim())
  if (inline !== undefined && words.join('') === '') return []
  return words.every(word => /^[a-z][a-z0-9-]{0,63}$/.test(word)) && new Set(words).size === words.length ? words : null
}
