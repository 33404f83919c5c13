import type * as z from 'zod'
import type { Path } from './yaml-place.ts'

type Schema = z.core.$ZodType

/** The parts of a zod definition that lead to other schemas; zod's own types are a union of some forty. */
interface Definition {
  type: string
  innerType?: Schema
  in?: Schema
  options?: readonly Schema[]
  shape?: Readonly<Record<string, Schema>>
  element?: Schema
  valueType?: Schema
  getter?: () => Schema
}

const definitionOf = (schema: Schema): Definition => schema._zod.def as unknown as Definition

/** The plain schemas behind optional, default, transform and union wrappers: what a value may be. */
export function alternatives(schema: Schema): Schema[] {
  const definition = definitionOf(schema)
  if (definition.type === 'union') return (definition.options ?? []).flatMap(alternatives)
  if (definition.type === 'pipe' && definition.in) return alternatives(definition.in)
  if (definition.type === 'lazy' && definition.getter) return alternatives(definition.getter())
  return definition.innerType ? alternatives(definition.innerType) : [schema]
}

function below(schema: Schema, segment: string | number): Schema[] {
  const { type, shape, element, valueType } = definitionOf(schema)
  if (type === 'object') return shape?.[segment] ? alternatives(shape[segment]) : []
  if (type === 'array') return element ? alternatives(element) : []
  if (type === 'record') return valueType ? alternatives(valueType) : []
  return type === 'unknown' ? [schema] : []
}

/** What the value at a path may be. */
export function schemasAt(schema: Schema, path: Path): Schema[] {
  let found = alternatives(schema)
  for (const segment of path) found = found.flatMap(each => below(each, segment))
  return found
}

/** Keys that a map at a path may have. */
export const keysAt = (schema: Schema, path: Path): string[] => [
  ...new Set(schemasAt(schema, path).flatMap(each => Object.keys(definitionOf(each).shape ?? {}))),
]

/** true: a value here may be a document, `{ file: ... }`; or it may be anything. */
export const takesDocument = (schemas: readonly Schema[]): boolean =>
  schemas.some(each => {
    const { type, shape } = definitionOf(each)
    return (
      type === 'unknown' ||
      (type === 'object' &&
        Object.keys(shape ?? {}).every(key => key === 'file' || key === 'answer') &&
        'file' in (shape ?? {}))
    )
  })

/** true: the schema names exactly this member. */
export const hasMember = (schema: Schema, member: string): boolean => keysAt(schema, []).includes(member)
