import { isFileDocument, type Place } from '../definition/index.ts'
import { isMap } from '../definition/raw-steps.ts'
import { readYaml, type YamlSource } from '../definition/read-yaml.ts'
import { withoutTemplates } from '../definition/template.ts'
import type { Path } from '../definition/yaml-place.ts'
import type { DocumentUse } from '../steps/step-kind.ts'
import type { CheckedStep } from './checked-lab.ts'
import type { Edit } from './finding.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** A policy document of a step, templates filled in, that knows where each of its elements is written. */
export interface CheckedDocument {
  holder: CheckedStep
  use: DocumentUse
  /** JSON as it would be sent. */
  text: string
  data: JsonObject
  statements: readonly CheckedStatement[]
  /** Absolute path of the file that it is written in. */
  file: string
  /** As written, templates and all. */
  written: string
  at(path: Path, part?: 'key' | 'value'): Place
  /** Offsets in the file; null: written as one text, so that an element has no place of its own. */
  range(path: Path, part?: 'key' | 'value'): readonly [number, number] | null
  edit(path: Path, text: string): Edit[]
  /** Where the lab names the file. */
  named: Place
}

export interface CheckedStatement {
  document: CheckedDocument
  path: Path
  value: JsonObject
  allows: boolean
  /** Texts of an element with the path of each. */
  texts(element: string): { text: string; path: Path }[]
}

/** The documents of a step that can be foreseen and are JSON objects. */
export function documentsOf(holder: CheckedStep, source: YamlSource): CheckedDocument[] {
  const { fields } = holder.step
  const filled = holder.ahead?.fields
  if (!isMap(fields) || !isMap(filled)) return []
  return Object.entries(holder.kind.documents).flatMap(([field, use]) => {
    const text = textOf(filled[field])
    const data = text === null ? null : jsonOf(text)
    if (text === null || data === null || !(field in fields)) return []
    const where = writtenAt(holder, fields[field], field, source)
    const document: CheckedDocument = { holder, use, text, data, statements: [], ...where }
    return [Object.assign(document, { statements: statementsOf(document) })]
  })
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : isMap(value) ? JSON.stringify(value) : null

function jsonOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

type Where = Pick<CheckedDocument, 'at' | 'range' | 'edit' | 'named' | 'file' | 'written'>

function writtenAt(holder: CheckedStep, value: unknown, field: string, lab: YamlSource): Where {
  const own: Path = [holder.kind.kind, field]
  const named = holder.at(own)
  if (!isFileDocument(value)) {
    const file = lab.file
    const found = isMap(value)
    const at = (path: Path, part?: 'key' | 'value') => (found ? holder.at([...own, ...path], part) : named)
    return { file, written: lab.text, at, range: () => null, edit: () => [], named }
  }
  const { file, text } = value
  // JSON is YAML, but for tabs.
  const { source } = readYaml(file, withoutTemplates(text).replaceAll('\t', ' '))
  const range: Where['range'] = (path, part) => source?.range(path, part) ?? null
  return {
    file,
    written: text,
    named: holder.at([...own, 'file']),
    at: (path, part) => source?.place(path, part) ?? { file, line: 1, column: 1 },
    range,
    edit: (path, put) => {
      const found = range(path)
      return found ? [{ file, start: found[0], end: found[1], text: put }] : []
    },
  }
}

function statementsOf(document: CheckedDocument): CheckedStatement[] {
  const { Statement: statement } = document.data
  const listed: [unknown, Path][] = Array.isArray(statement)
    ? statement.map((each, index) => [each, ['Statement', index]])
    : [[statement, ['Statement']]]
  return listed.flatMap(([value, path]) =>
    isMap(value)
      ? [{ document, path, value, allows: value.Effect === 'Allow', texts: element => textsAt(value, path, element) }]
      : [],
  )
}

function textsAt(statement: JsonObject, path: Path, element: string): { text: string; path: Path }[] {
  const value = Object.hasOwn(statement, element) ? statement[element] : undefined
  const listed: [unknown, Path][] = Array.isArray(value)
    ? value.map((each, index) => [each, [...path, element, index]])
    : [[value, [...path, element]]]
  return listed.flatMap(([text, at]) => (typeof text === 'string' ? [{ text, path: at }] : []))
}

/** The documents that a lab puts in place: those that AWS is to refuse hold their mistakes on purpose. */
export const appliedDocuments = (documents: readonly CheckedDocument[]): CheckedDocument[] =>
  documents.filter(({ holder }) => holder.step.expectation.kind === 'allow')

export const appliedStatements = (documents: readonly CheckedDocument[]): CheckedStatement[] =>
  appliedDocuments(documents).flatMap(({ statements }) => statements)
