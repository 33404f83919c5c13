/** AWS's sentence of a denial in two: what was refused, and the clause that says why (empty: AWS does not say). */
export function reasonClause(message: string): { sentence: string; reason: string } {
  const at = message.search(/\b(because no |with an explicit deny)/)
  return at < 0
    ? { sentence: message, reason: '' }
    : { sentence: message.slice(0, at).trimEnd(), reason: message.slice(at) }
}
