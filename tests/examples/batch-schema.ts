type Schema = unknown

/** A structure as the SDK's clients carry it: names of its members, their schemas, and how many of the first are required. */
type Structure = [3, string, string, unknown, string[], Schema[], number?]

const isStructure = (schema: Schema): schema is Structure => Array.isArray(schema) && schema[0] === 3
/** 1: a list, 2: a map, with the schema of what is in them at the end. */
const isList = (schema: Schema): schema is [1, string, string, unknown, Schema] =>
  Array.isArray(schema) && schema[0] === 1

/** What AWS Batch's own model does not know in an input, or misses: `containerProperties.imgae: not known`. */
export async function strangersTo(shape: string, input: unknown): Promise<string[]> {
  const batch = (await import('@aws-sdk/client-batch')) as unknown as Record<string, Schema>
  const schema = batch[`${shape}$`]
  if (!isStructure(schema)) throw new Error(`the SDK has no structure ${shape}`)
  return strangers(schema, input, '')
}

function strangers(found: Schema, value: unknown, path: string): string[] {
  const schema = typeof found === 'function' ? (found() as Schema) : found
  // [schema, traits]
  if (Array.isArray(schema) && schema.length === 2 && typeof schema[0] !== 'number')
    return strangers(schema[0], value, path)
  if (isList(schema))
    return Array.isArray(value)
      ? value.flatMap((each, index) => strangers(schema[4], each, `${path}[${index}]`))
      : [`${path}: expected a list`]
  if (!isStructure(schema)) return []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: expected a structure`]
  const [, , , , names, members, required = 0] = schema
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  return [
    ...names.slice(0, required).flatMap(name => (name in value ? [] : [`${at(name)}: missing`])),
    ...Object.entries(value).flatMap(([name, each]) => {
      const index = names.indexOf(name)
      return index < 0 ? [`${at(name)}: not known`] : strangers(members[index], each, at(name))
    }),
  ]
}
