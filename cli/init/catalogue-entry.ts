import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { usageError } from '../../runner/lab-error.ts'
import { idText } from './lab-template.ts'

/** The labs.yaml of a folder that has none. */
export const newCatalogue = (id: string): string => `labs:\n  - ${idText(id)}\n`

/**
 * labs.yaml with a lab more at the end of its list; every other byte stays. One that lists it already is left as it is.
 * @throws LabError (usage) where it has no list that can be added to
 */
export function withEntry(text: string, id: string): string {
  const document = parseDocument(text)
  const labs = isMap(document.contents) ? document.contents.get('labs', true) : undefined
  if (document.errors.length > 0 || (labs !== undefined && !isSeq(labs))) throw cannotAdd(id)
  if (!isSeq(labs)) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${newCatalogue(id)}`
  if (labs.items.some(item => isScalar(item) && item.value === id)) return text
  const last = labs.items.at(-1)
  if (labs.flow) {
    const at = last && isScalar(last) ? last.range?.[1] : text.indexOf('[', labs.range?.[0]) + 1
    if (at === undefined) throw cannotAdd(id)
    return `${text.slice(0, at)}${last ? ', ' : ''}${idText(id)}${text.slice(at)}`
  }
  const end = last && isScalar(last) ? last.range?.[1] : undefined
  if (end === undefined) throw cannotAdd(id)
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', end - 1) + 1))?.[0] ?? ''
  const lineEnd = text.indexOf('\n', end)
  const line = `${indent}- ${idText(id)}`
  return lineEnd < 0 ? `${text}\n${line}\n` : `${text.slice(0, lineEnd + 1)}${line}\n${text.slice(lineEnd + 1)}`
}

const cannotAdd = (id: string) =>
  usageError(
    '`labs` of labs.yaml is not a list that can be added to',
    `write \`${id}\` into it by hand, then try again`,
  )
