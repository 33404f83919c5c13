import { isCommonKey } from './common-keys.ts'
import { bare, emptyOrComment, plainKey } from './skim-yaml.ts'

export interface Counted {
  steps: number
  points: number
}

/** What has been read of an item of `steps:`. */
interface Item {
  keys: string[]
  /** How many of its keys say what it does. */
  kinds: number
  points: number
  /** The line after its `parallel:`. */
  group: number | null
}

/**
 * Counts the steps of `steps:` and their points in the lines below it, by their indentation alone: what stands deeper than a step's own
 * keys is not looked at. Of each line no more is made than must be: what is thrown away after a look is collected while a person waits.
 * null: a line is not of the plain form, or a step has not exactly one kind.
 *
 * @param from the first of these lines
 * @param to the line after the last
 */
export function countSteps(
  lines: readonly string[],
  from = 0,
  to = lines.length,
  within: 'steps' | 'parallel' = 'steps',
): Counted | null {
  let index = from
  while (index < to && emptyOrComment(lines[index] ?? '')) index++
  const pad = /^( +)- /.exec(lines[index] ?? '')?.[1]
  if (pad === undefined || index >= to) return null
  const dash = `${pad}- `
  const own = `${pad}  `
  const total: Counted = { steps: 0, points: 0 }
  let item: Item | null = null
  for (; index < to; index++) {
    const line = lines[index] ?? ''
    if (line.startsWith(dash)) {
      if (item !== null && !add(total, item, lines, index)) return null
      item = { keys: [], kinds: 0, points: 0, group: null }
    } else if (!line.startsWith(own)) {
      if (emptyOrComment(line)) continue
      return null
    }
    const first = line[own.length]
    if (first === undefined || first === ' ' || first === '#') continue
    if (item === null || !readKey(item, line, own.length, index)) return null
    if (item.group !== null && within === 'parallel') return null
  }
  return item !== null && add(total, item, lines, to) ? total : null
}

/** Takes a key of an item. false: it is not of the plain form, or stands twice. */
function readKey(item: Item, line: string, at: number, index: number): boolean {
  const colon = line.indexOf(':', at)
  const key = line.slice(at, colon)
  const after = line[colon + 1]
  if (colon === -1 || (after !== undefined && after !== ' ') || item.keys.includes(key)) return false
  item.keys.push(key)
  if (key === 'parallel') {
    item.group = index + 1
    return bare(line.slice(colon + 1)) === ''
  }
  if (key === 'points') {
    const text = bare(line.slice(colon + 1))
    item.points = Number(text)
    return /^\d{1,4}$/.test(text)
  }
  if (isCommonKey(key)) return true
  item.kinds++
  return plainKey.test(key)
}

/** Adds an item that has been read up to a line: a step, or steps that run together. false: it is neither. */
function add(total: Counted, { keys, kinds, points, group }: Item, lines: readonly string[], to: number): boolean {
  const counted = group === null ? { steps: kinds, points } : countSteps(lines, group, to, 'parallel')
  if (counted === null || (group === null ? kinds !== 1 : keys.length !== 1)) return false
  total.steps += counted.steps
  total.points += counted.points
  return true
}
