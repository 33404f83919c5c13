/**
 * The lines of a stream of UTF-8, one by one, ended by a line feed alone: JSON may hold every other line separator. A long line costs no more
 * than its length.
 */
export async function* linesOf(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  for await (const chunk of stream) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      parts.push(text.slice(from, end))
      yield parts.join('')
      parts = []
      from = end + 1
    }
    parts.push(text.slice(from))
  }
  parts.push(decoder.decode())
  const last = parts.join('')
  if (last !== '') yield last
}

/** All of a stream as text. */
export async function textOf(stream: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}
