import { isFileDocument } from '../definition/file-document.ts'
import type { FileDocument, Lab } from '../definition/index.ts'

/** A document that a participant writes, and what he calls its file. */
export interface AnswerDocument {
  /** As the lab names it: `policies/identity.json`. */
  document: string
  /** In the folder of the answers to the lab: `identity.json`. */
  file: string
}

/** The documents of a lab marked `answer: true`, each once. */
export function answersOf(lab: Lab): AnswerDocument[] {
  const names = new Set<string>()
  for (const step of lab.groups.flat()) collect(step.fields, names)
  const short = (name: string) => name.slice(name.lastIndexOf('/') + 1)
  return [...names].map(document => {
    const alone = [...names].filter(other => short(other) === short(document)).length === 1
    return { document, file: alone ? short(document) : document }
  })
}

function collect(value: unknown, names: Set<string>): void {
  if (isFileDocument(value)) {
    if (value.answer) names.add(value.name)
  } else if (Array.isArray(value)) for (const each of value) collect(each, names)
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) collect(each, names)
}

/** A value with every answer document's text exchanged. */
export function exchanged(value: unknown, textOf: (document: FileDocument) => string): unknown {
  if (isFileDocument(value)) return value.answer ? { ...value, text: textOf(value), verbatim: true } : value
  if (Array.isArray(value)) return value.map(each => exchanged(each, textOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exchanged(each, textOf)]))
}
