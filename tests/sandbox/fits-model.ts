import * as ecr from '@aws-sdk/client-ecr'
import * as iam from '@aws-sdk/client-iam'
import { NormalizedSchema } from '@smithy/core/schema'

const clients: Record<'iam' | 'ecr', object> = { iam, ecr }

/** Throws when an output has a member or a type that the service's own model does not know: no client would ever see it. */
export const fitsModel = (service: 'iam' | 'ecr', operation: string, output: object | undefined): void => {
  const schema = new Map(Object.entries(clients[service])).get(`${operation}$`)
  const wanted = NormalizedSchema.of(schema[5])
  if (output === undefined) {
    if (wanted.isStructSchema()) throw new Error(`${operation} answers nothing, where the model has an output`)
  } else check(wanted, output, operation)
}

const check = (schema: NormalizedSchema, value: unknown, place: string): void => {
  const wrong = (what: string) => new Error(`${place}: expected ${what}, found ${JSON.stringify(value)}`)
  if (value === undefined) return
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || value === null) throw wrong('an object')
    const members = new Map(schema.structIterator())
    for (const [name, member] of Object.entries(value)) {
      const inner = members.get(name)
      if (inner === undefined) throw new Error(`${place}.${name} is not in the model`)
      check(inner, member, `${place}.${name}`)
    }
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw wrong('a list')
    for (const item of value) check(schema.getValueSchema(), item, `${place}[]`)
  } else if (schema.isMapSchema()) {
    for (const item of Object.values(Object(value))) check(schema.getValueSchema(), item, `${place}{}`)
  } else if (schema.isTimestampSchema()) {
    if (!(value instanceof Date)) throw wrong('a Date')
  } else if (schema.isStringSchema() && typeof value !== 'string') throw wrong('text')
  else if (schema.isBooleanSchema() && typeof value !== 'boolean') throw wrong('true or false')
  else if (schema.isNumericSchema() && typeof value !== 'number') throw wrong('a number')
}
