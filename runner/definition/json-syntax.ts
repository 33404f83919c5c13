/** Where a text stops being JSON, and why. */
export interface JsonFault {
  offset: number
  message: string
}

const maxDepth = 100
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const space = /[ \t\r\n]*/y

class Fault extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** The first fault of a JSON text, or null: JSON.parse of Node 20 does not say where. */
export function jsonFault(text: string): JsonFault | null {
  try {
    const end = skip(text, value(text, skip(text, 0), 0))
    return end === text.length ? null : { offset: end, message: 'something follows the end of the document' }
  } catch (error) {
    if (error instanceof Fault) return { offset: error.offset, message: error.message }
    throw error
  }
}

function match(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

const skip = (text: string, at: number): number => match(space, text, at) ?? at

function value(text: string, at: number, depth: number): number {
  if (depth > maxDepth) throw new Fault(at, `values are nested deeper than ${maxDepth} levels`)
  if (text[at] === '{') return list(text, at, '}', inside => member(text, inside, depth))
  if (text[at] === '[') return list(text, at, ']', inside => value(text, inside, depth + 1))
  if (text[at] === '"') return quoted(text, at)
  const end = match(literal, text, at)
  if (end !== null) return end
  throw new Fault(at, at >= text.length ? 'the document ends too early' : `a value is expected, found \`${text[at]}\``)
}

function quoted(text: string, at: number): number {
  if (text[at] !== '"')
    throw new Fault(
      at,
      at >= text.length ? 'the document ends too early' : `a key in double quotes is expected, found \`${text[at]}\``,
    )
  const end = match(string, text, at)
  if (end === null) throw new Fault(at, 'this text has no end, or holds a line break or a wrong escape')
  return end
}

function member(text: string, at: number, depth: number): number {
  const colon = skip(text, quoted(text, at))
  if (text[colon] !== ':') throw new Fault(colon, 'a colon is expected after the key')
  return value(text, skip(text, colon + 1), depth + 1)
}

function list(text: string, start: number, close: string, entry: (at: number) => number): number {
  let at = skip(text, start + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    at = skip(text, entry(at))
    if (text[at] === close) return at + 1
    if (text[at] !== ',')
      throw new Fault(
        at,
        at >= text.length
          ? 'the document ends too early'
          : `a comma or \`${close}\` is expected, found \`${text[at]}\``,
      )
    const comma = at
    at = skip(text, at + 1)
    if (text[at] === close) throw new Fault(comma, 'a comma stands before the end of the list')
  }
}
