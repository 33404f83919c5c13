import { isCommonKey } from './common-keys.ts'
import { type Entry, entriesOf } from './skim-yaml.ts'

export interface Counted {
  steps: number
  points: number
}

/**
 * Counts the steps of `steps:` and their points in the lines below it, by their indentation alone: what stands deeper than a step's own
 * keys is not looked at. null: a line is not of the plain form, or a step has not exactly one kind.
 */
export function countSteps(block: string): Counted | null {
  const items = itemsOf(block)
  if (items === null) return null
  const total: Counted = { steps: 0, points: 0 }
  for (const keys of items) {
    const found = keys.has('parallel') ? countGroup(keys) : countStep(keys)
    if (found === null) return null
    total.steps += found.steps
    total.points += found.points
  }
  return total
}

type Keys = ReadonlyMap<string, Entry>

/** The keys of each `- key: value` item of a block. */
function itemsOf(block: string): Keys[] | null {
  const dash = /^( +)- /m.exec(block)?.[1]?.length
  if (dash === undefined) return null
  const between = `(?: {0,${dash - 1}}| {${dash + 1}})[^ #\\r\\n]`
  if (new RegExp(`^(?:${between}| {${dash}}(?!- |[ #\\r\\n]|$))`, 'm').test(block)) return null
  const starts = [...block.matchAll(new RegExp(`^ {${dash}}- `, 'gm'))].map(({ index }) => index)
  const line = new RegExp(`^ {${dash}}(?:- |  )([^ #\\r\\n].*)$`, 'gm')
  const items = starts.map((from, at) => entriesOf(block.slice(from, starts[at + 1]), line, found => found[1]))
  return items.every(item => item !== null) ? items : null
}

/** Steps that run together. */
function countGroup(keys: Keys): Counted | null {
  const group = keys.get('parallel')
  if (keys.size !== 1 || group === undefined || group.text !== '') return null
  return itemsOf(group.body)?.some(item => item.has('parallel')) === false ? countSteps(group.body) : null
}

function countStep(keys: Keys): Counted | null {
  const kinds = [...keys.keys()].filter(key => !isCommonKey(key))
  const points = keys.get('points')?.text ?? '0'
  return kinds.length === 1 && /^\d{1,4}$/.test(points) ? { steps: 1, points: Number(points) } : null
}
