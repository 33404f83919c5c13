/** JSON's tokens: a string, one of the marks, or a bare word. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs

/** Where the scan is: in an object with its current key, or in a list. */
type Level = { key: string | null; awaitsKey: boolean } | 'list'

/**
 * Replaces string values of a JSON text in place, every other character kept.
 * @param replace is given the keys on the way to the value (list positions left out), and returns the new value or null to keep it
 * @param text must be valid JSON
 */
export const replaceStrings = (
  text: string,
  replace: (path: readonly string[], value: string) => string | null,
): string => {
  const levels: Level[] = []
  return text.replace(token, found => {
    const top = levels.at(-1)
    if (found === '{') levels.push({ key: null, awaitsKey: true })
    else if (found === '[') levels.push('list')
    else if (found === '}' || found === ']') levels.pop()
    else if (found === ',' && top !== undefined && top !== 'list') top.awaitsKey = true
    else if (found.startsWith('"')) {
      const value: string = JSON.parse(found)
      if (top !== undefined && top !== 'list' && top.awaitsKey) {
        top.key = value
        top.awaitsKey = false
        return found
      }
      const replacement = replace(pathOf(levels), value)
      return replacement === null ? found : JSON.stringify(replacement)
    }
    return found
  })
}

const pathOf = (levels: readonly Level[]): string[] =>
  levels.flatMap(level => (level === 'list' || level.key === null ? [] : [level.key]))
