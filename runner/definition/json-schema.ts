import { z } from 'zod'
import type { StepKind } from '../steps/step-kind.ts'
import { catalogueSchema } from './catalogue-schema.ts'
import { labSchema } from './lab-schema.ts'

type JsonObject = Record<string, unknown>

const one = (kinds: readonly string[]): JsonObject => ({ oneOf: kinds.map(kind => ({ required: [kind] })) })

/**
 * The JSON Schemas of lab.yaml and labs.yaml by file name, draft-07 (what YAML extensions of editors read), made from the schemas that the
 * loader checks with.
 */
export function jsonSchemas(kinds: readonly StepKind[]): Record<string, JsonObject> {
  const names = kinds.map(({ kind }) => kind)
  return {
    'lab.schema.json': made('A lab of AccessLab', labSchema(kinds), schema => {
      const properties = schema.properties as JsonObject | undefined
      if (!properties || !names.every(name => name in properties)) return
      Object.assign(schema, one('parallel' in properties ? [...names, 'parallel'] : names))
      schema.not = {
        anyOf: [
          ['allow', 'deny'],
          ['allow', 'error'],
          ['deny', 'error'],
        ].map(required => ({ required })),
      }
    }),
    'catalogue.schema.json': made('A catalogue of labs (labs.yaml)', catalogueSchema, () => undefined),
  }
}

function made(title: string, schema: z.ZodType, adjust: (schema: JsonObject) => void): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const object = jsonSchema as JsonObject
      // zod's bound of safe integers tells a reader nothing.
      if (object.maximum === Number.MAX_SAFE_INTEGER) delete object.maximum
      adjust(object)
    },
  })
  return { $schema, title, ...rest }
}
