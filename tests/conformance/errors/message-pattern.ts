const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * The whole message of a row, with `values` for its `<placeholders>`.
 * @throws Error when a placeholder has no value: it would accept anything
 */
export const messagePattern = (message: string, values: Readonly<Record<string, string | RegExp>>): RegExp => {
  const parts = message.replaceAll(', ...]', ']').split(/<([^<>]+)>/)
  const source = parts.map((part, at) => {
    if (at % 2 === 0) return literal(part)
    const value = values[part]
    if (value === undefined) throw new Error(`the placeholder <${part}> has no value`)
    return typeof value === 'string' ? literal(value) : value.source
  })
  return new RegExp(`^${source.join('')}$`)
}
