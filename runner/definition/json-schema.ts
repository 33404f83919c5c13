import * as z from 'zod'
import type { StepKind } from '../steps/step-kind.ts'
import { catalogueSchema } from './catalogue-schema.ts'
import { labSchema } from './lab-schema.ts'
import { isMap } from './raw-steps.ts'
import { catalogueExamples, giveExamples, labExamples } from './schema-examples.ts'

type JsonObject = Record<string, unknown>

const required = (keys: readonly string[]): JsonObject => ({ required: keys })

/**
 * The JSON Schemas of lab.yaml and labs.yaml by file name, draft-07 (what YAML extensions of editors read), made from the schemas that the
 * loader checks with. Each kind is a definition of its name.
 */
export function jsonSchemas(kinds: readonly StepKind[]): Record<string, JsonObject> {
  const lab = made('A lab of AccessLab', labSchema(kinds))
  eachObject(lab, object => asStep(object, kinds))
  const definitions = isMap(lab.definitions) ? lab.definitions : {}
  for (const { kind, example } of kinds) {
    const definition = definitions[kind]
    if (!isMap(definition)) continue
    definition.examples = [example]
    giveExamples(definition, {}, example)
  }
  giveExamples(lab, stepsInGroups(labExamples), null)
  const catalogue = made('A catalogue of labs (labs.yaml)', catalogueSchema)
  giveExamples(catalogue, catalogueExamples, null)
  return { 'lab.schema.json': lab, 'catalogue.schema.json': catalogue }
}

/** A step of a group has the keys of any other. */
const stepsInGroups = (examples: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...examples,
  ...Object.fromEntries(
    Object.entries(examples).map(([path, example]) => [path.replace(/^steps\./, 'steps.parallel.'), example]),
  ),
})

function made(title: string, schema: z.ZodType): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' })
  const result = { $schema, title, ...rest }
  // zod's bound of safe integers tells a reader nothing.
  eachObject(result, object => {
    if (object.maximum === Number.MAX_SAFE_INTEGER) delete object.maximum
  })
  return result
}

/** What the loader checks beside the schema: one kind a step, one expectation. */
function asStep(object: JsonObject, kinds: readonly StepKind[]): void {
  const { properties } = object
  if (!isMap(properties) || !kinds.every(({ kind }) => kind in properties)) return
  for (const { kind } of kinds) properties[kind] = { $ref: `#/definitions/${kind}` }
  const alternatives = [...kinds.map(({ kind }) => kind), ...('parallel' in properties ? ['parallel'] : [])]
  object.oneOf = alternatives.map(kind => required([kind]))
  object.not = { anyOf: [required(['allow', 'deny']), required(['allow', 'error']), required(['deny', 'error'])] }
}

function eachObject(value: unknown, visit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const each of value) eachObject(each, visit)
  if (!isMap(value)) return
  visit(value)
  for (const each of Object.values(value)) eachObject(each, visit)
}
