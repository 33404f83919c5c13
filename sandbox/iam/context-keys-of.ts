const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const conditionKeys = (statement: unknown): string[] => {
  if (!isObject(statement) || !isObject(statement.Condition)) return []
  return Object.values(statement.Condition).flatMap(keys => (isObject(keys) ? Object.keys(keys) : []))
}

/** Names of policy variables, `${aws:username}`, without a default value; `${*}` and its kin are signs, not keys. */
const variables = (text: string): string[] =>
  Array.from(text.matchAll(/\$\{([^},]+)[^}]*\}/g), ([, name = '']) => name.trim()).filter(
    name => !/^[*?$]$/.test(name),
  )

/** Context keys that the policies mention, in conditions or as variables, each once, in the order met. `texts` are valid policies. */
export const contextKeysOf = (texts: readonly string[]): string[] => {
  const keys = texts.flatMap(text => {
    const policy: unknown = JSON.parse(text)
    const statements = isObject(policy) ? [policy.Statement].flat() : []
    return [...statements.flatMap(conditionKeys), ...variables(text)]
  })
  return [...new Map(keys.map(key => [key.toLowerCase(), key])).values()]
}
