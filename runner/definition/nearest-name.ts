/** Damerau-Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours, each costs 1. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

const folded = (word: string): string => word.toLowerCase().replaceAll(/[-_\s]/g, '')

/** The candidate a person most likely meant, or null when none is near: at most a third of the letters differ. */
export function nearestName(word: string, candidates: Iterable<string>): string | null {
  if (word.length > 100) return null
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(folded(word).length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(folded(word), folded(candidate))
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** One hint for an unknown name: the nearest, else the list of what there is, else null. */
export function didYouMean(word: string, candidates: Iterable<string>, listed = 'known here'): string | null {
  const names = [...candidates]
  const nearest = nearestName(word, names)
  if (nearest !== null) return `did you mean \`${nearest}\`?`
  if (names.length === 0) return null
  const shown = names.slice(0, 12).map(name => `\`${name}\``)
  return `${listed}: ${shown.join(', ')}${names.length > shown.length ? ' and others' : ''}`
}
