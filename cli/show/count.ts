/** `1 role`, `2 policies`, `3 repository policies`. */
export const counted = (number: number, noun: string): string => `${number} ${number === 1 ? noun : plural(noun)}`

const plural = (noun: string): string => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`)

/** `1 role, 2 policies`: how many there are of each type, in the order they first come. */
export function countedTypes(things: readonly { type: string }[]): string {
  const counts = new Map<string, number>()
  for (const { type } of things) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts].map(([type, number]) => counted(number, type)).join(', ')
}

/** `0.4 s`, `1 min 12 s`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 60_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
