import type { Place } from '../definition/index.ts'
import { positionsIn } from '../definition/text-position.ts'
import type { CheckedLab } from './checked-lab.ts'
import type { Edit } from './finding.ts'

/** A match of a pattern in what a lab sends: values of its steps, and documents. */
export interface WrittenMatch {
  match: RegExpExecArray
  place: Place
  named?: Place
  /** Puts a text in place of the match. */
  edit(text: string): Edit[]
}

function inText(text: string, pattern: RegExp, file: string, offset: number, placeOf: (at: number) => Place) {
  return [...text.matchAll(pattern)].map((match): WrittenMatch => {
    const start = offset + match.index
    return {
      match,
      place: placeOf(start),
      edit: put => [{ file, start, end: start + match[0].length, text: put }],
    }
  })
}

/** Where a pattern (with `g`) occurs in values of the steps and in policy documents that the lab puts in place. */
export function writtenMatches({ source, documents }: CheckedLab, pattern: RegExp): WrittenMatch[] {
  const values = source
    .scalars(['steps'])
    .flatMap(({ text, offset }) => inText(text, pattern, source.file, offset, at => source.placeOf(at)))
  const files = new Map(documents.filter(({ file }) => file !== source.file).map(each => [each.file, each]))
  const found = [...files.values()].flatMap(({ file, written, named }) => {
    const position = positionsIn(written)
    return inText(written, pattern, file, 0, at => ({ file, ...position(at) })).map(each => ({ ...each, named }))
  })
  return [...values, ...found]
}
