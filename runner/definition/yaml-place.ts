import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'

export type Path = readonly (string | number)[]

interface Found {
  key: unknown
  value: unknown
}

const start = (node: unknown): number | null => (node as Node | null | undefined)?.range?.[0] ?? null

function step(document: Document, node: unknown, segment: string | number): Found | null {
  const target = isAlias(node) ? node.resolve(document) : node
  if (isSeq(target)) {
    const item = target.items[Number(segment)]
    return item === undefined ? null : { key: item, value: item }
  }
  if (!isMap(target)) return null
  const pair = target.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(segment))
  return pair === undefined ? null : { key: pair.key, value: pair.value }
}

/** The node at a path; null where there is none. */
export function nodeAt(document: Document, path: Path): Found | null {
  let found: Found | null = { key: document.contents, value: document.contents }
  for (const segment of path) found = found === null ? null : step(document, found.value, segment)
  return found
}

/** Offset of the key or the value at a path; where there is none, of the nearest thing above it that exists. */
export function offsetAt(document: Document, path: Path, part: 'key' | 'value'): number {
  for (let length = path.length; length >= 0; length--) {
    const found = nodeAt(document, path.slice(0, length))
    const whole = length === path.length
    const offset = found && (whole && part === 'value' ? (start(found.value) ?? start(found.key)) : start(found.key))
    if (offset !== null) return offset
  }
  return 0
}

/** Start and end of the key or the value at a path, without what follows it; null where there is none. */
export function rangeAt(document: Document, path: Path, part: 'key' | 'value'): readonly [number, number] | null {
  const found = nodeAt(document, path)
  const range = found && (found[part] as Node | null | undefined)?.range
  return range ? [range[0], range[1]] : null
}

/** Source ranges of all scalars at and under a path, keys included; what aliases stand for is left to its anchor's own place. */
export function scalarRanges(document: Document, path: Path): [number, number][] {
  const root = nodeAt(document, path)?.value
  const node = isAlias(root) ? root.resolve(document) : root
  const ranges: [number, number][] = []
  if (node === null || node === undefined) return ranges
  visit(node as Node, {
    Scalar(_, scalar) {
      if (scalar.range) ranges.push([scalar.range[0], scalar.range[1]])
    },
    Alias(_, alias) {
      const target = alias.resolve(document)
      if (isScalar(target) && target.range) ranges.push([target.range[0], target.range[1]])
    },
  })
  return ranges
}
