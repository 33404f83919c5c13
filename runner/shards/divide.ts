/** A part of the work that one shard does: a lab, or a student. */
export interface Piece {
  name: string
  /** Milliseconds that it took before; null: not known. */
  weight: number | null
  /** What must be set up first, once a shard. */
  needs?: readonly string[]
}

/**
 * Divides work among so many: the longest first, each to whoever would be done first with it (Graham's LPT). The same pieces are always divided
 * alike. What took how long is not known takes the median of the others.
 *
 * @returns names of each part, in the order of the pieces
 */
export function divide(pieces: readonly Piece[], count: number): string[][] {
  const known = pieces.flatMap(({ weight }) => weight ?? []).sort((a, b) => a - b)
  const usual = known[Math.floor(known.length / 2)] ?? 1
  const weights = new Map(pieces.map(({ name, weight }) => [name, weight ?? usual]))
  const weightOf = (name: string) => weights.get(name) ?? usual
  const parts = Array.from({ length: count }, (_, index) => ({
    index,
    load: 0,
    names: new Set<string>(),
    ready: new Set<string>(),
  }))
  const order = pieces.map((piece, index) => ({ piece, index }))
  order.sort((a, b) => weightOf(b.piece.name) - weightOf(a.piece.name) || a.index - b.index)
  for (const { piece } of order) {
    const { name, needs = [] } = piece
    const after = (part: (typeof parts)[number]) =>
      part.load +
      (part.ready.has(name) ? 0 : weightOf(name)) +
      needs.reduce((sum, need) => sum + (part.ready.has(need) ? 0 : weightOf(need)), 0)
    const costs = parts.map(part => ({ part, cost: after(part) }))
    const best = costs.reduce((least, each) => (isBetter(each, least) ? each : least))
    best.part.load = best.cost
    best.part.names.add(name)
    for (const ready of [name, ...needs]) best.part.ready.add(ready)
  }
  return parts.map(({ names }) => pieces.flatMap(({ name }) => (names.has(name) ? [name] : [])))
}

interface Cost {
  part: { names: ReadonlySet<string> }
  cost: number
}

const isBetter = (one: Cost, other: Cost): boolean =>
  one.cost < other.cost || (one.cost === other.cost && one.part.names.size < other.part.names.size)
