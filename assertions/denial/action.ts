import { readChain, valueEnd } from './runs.ts'
import { join, type Region, skipPlaceholder, skipPunctuation } from './span.ts'
import { gapAt, none } from './squeeze.ts'

/** `end`: where the sentence goes on behind the action. */
export interface ReadAction {
  action: string | null
  end: number
}

/** Longer than any action with its placeholders, so that a huge word costs no more than a long one. */
const longest = 400
const complete = /^[A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9*]+$/
const admitted = /[A-Za-z0-9:*_$-]/
const placeholder = /[<[{]/

const runEnd = (region: Region, from: number): number => {
  const { squeezed, limit } = region
  let index = from
  while (index < limit && (index === from || gapAt(squeezed, index) === none)) {
    const behind = skipPlaceholder(region, index)
    if (behind > index) index = behind
    else if (admitted.test(squeezed.text[index] ?? '')) index++
    else break
  }
  return index
}

/** Null for what is no `service:Action`: Greengrass says `perform: null`, and a text may be cut within the name. */
export const asAction = (value: string): string | null =>
  complete.test(value) || (placeholder.test(value) && value.includes(':')) ? value : null

/** White space within an action means something in a placeholder only. */
const textOf = (region: Region, start: number, end: number): string => {
  const text = region.squeezed.text.slice(start, end)
  return placeholder.test(text) ? (join(region, start, end) ?? '') : text
}

/** Reads the action behind `perform:`, over line breaks; null when the next line could be its rest as well as other text. */
export const readAction = (whole: Region, from: number): ReadAction => {
  const start = skipPunctuation(whole, from)
  const last = start + longest
  const region = last < whole.limit ? { ...whole, limit: last, cut: false } : whole
  const chain = readChain(region, start, at => runEnd(region, at))
  const end = valueEnd(chain, at => complete.test(region.squeezed.text.slice(start, at)))
  return {
    action: end === null ? null : asAction(textOf(region, start, end)),
    end: end ?? chain.runs.at(-1)?.end ?? start,
  }
}
