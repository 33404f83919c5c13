import { isFileDocument } from './file-document.ts'
import type { FileDocument, Lab, Place, Step, TemplateUse } from './lab.ts'
import { isMap, type RawStep } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'
import { templatesIn } from './template.ts'
import { positionsIn } from './text-position.ts'
import type { Path } from './yaml-place.ts'

function written(source: YamlSource, path: Path, step: string | null): TemplateUse[] {
  return source
    .scalars(path)
    .filter(({ text }) => text.includes('{{'))
    .flatMap(({ text, offset }) =>
      templatesIn(text).map(match => ({ text: match.text, place: source.placeOf(offset + match.offset), step })),
    )
}

/** The documents in a step's fields. */
export function documentsIn(value: unknown): FileDocument[] {
  if (isFileDocument(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(documentsIn)
  return isMap(value) ? Object.values(value).flatMap(documentsIn) : []
}

function inDocument({ file, text, verbatim }: FileDocument, step: string): TemplateUse[] {
  if (verbatim) return []
  const position = positionsIn(text)
  return templatesIn(text).map(match => ({ text: match.text, place: { file, ...position(match.offset) }, step }))
}

/** The templates of a step, with their own places in the lab and its documents. */
export function usesOfStep(source: YamlSource, raw: RawStep, step: Step): TemplateUse[] {
  const keys = [...raw.kinds, 'allow', 'deny', 'error']
  return [
    ...keys.flatMap(key => written(source, [...raw.path, key], step.id)),
    ...documentsIn(step.fields).flatMap(document => inDocument(document, step.id)),
  ]
}

export const usesOfEnv = (source: YamlSource): TemplateUse[] => written(source, ['env'], null)

/** The templates of a lab that was not read from YAML: placed at their steps. */
export const usesOf = (lab: Lab): readonly TemplateUse[] =>
  lab.templates ??
  lab.groups
    .flat()
    .flatMap(step => [
      ...inValue([step.fields, step.expectation], step.place, step.id),
      ...documentsIn(step.fields).flatMap(document => inDocument(document, step.id)),
    ])

function inValue(value: unknown, place: Place, step: string): TemplateUse[] {
  if (typeof value === 'string') return templatesIn(value).map(({ text }) => ({ text, place, step }))
  if (isFileDocument(value)) return []
  if (Array.isArray(value)) return value.flatMap(each => inValue(each, place, step))
  return isMap(value) ? Object.entries(value).flatMap(entry => inValue(entry, place, step)) : []
}
