// Names of inputs and outputs of every ECR, IAM and STS operation, from the schemas that the SDK clients export.
import { writeFileSync } from 'node:fs'
import { NormalizedSchema } from '@smithy/core/schema'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const plain = 1
const secret = 2
/** Secrets that the models do not mark. */
const unmarked = new Set(['SecretAccessKey', 'SessionToken', 'authorizationToken'])

/** The shape of a value: 1, 2 (secret), [shape of an entry], or { member: shape }; `*` is any key of a map. */
function shapeOf(schema, within = []) {
  if (schema.getMergedTraits().sensitive) return secret
  if (schema.isListSchema()) return [shapeOf(schema.getValueSchema(), within)]
  if (schema.isMapSchema()) return { '*': shapeOf(schema.getValueSchema(), within) }
  if (!schema.isStructSchema()) return plain
  const name = schema.getName(true)
  if (within.includes(name)) return plain
  return Object.fromEntries(
    [...schema.structIterator()].map(([member, each]) => [
      member,
      unmarked.has(member) ? secret : shapeOf(each, [...within, name]),
    ]),
  )
}

const membersOf = ref => {
  const schema = NormalizedSchema.of(ref)
  return schema.isStructSchema() ? schema : null
}

/** Members stand required first; the static schema counts the required ones. */
function inputOf(ref) {
  const schema = membersOf(ref)
  if (!schema) return {}
  const required = schema.getSchema()[6] ?? 0
  return Object.fromEntries([...schema.structIterator()].map(([member], index) => [member, index < required]))
}

async function operations() {
  const clients = {
    ecr: await import('@aws-sdk/client-ecr'),
    iam: await import('@aws-sdk/client-iam'),
    sts: await import('@aws-sdk/client-sts'),
  }
  const table = {}
  for (const [service, client] of Object.entries(clients)) {
    for (const schema of Object.values(client)) {
      if (!Array.isArray(schema) || schema[0] !== 9) continue
      const output = membersOf(schema[5]())
      table[`${service}:${schema[2]}`] = { input: inputOf(schema[4]()), output: output ? shapeOf(output) : {} }
    }
  }
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One operation a line: a change of the SDK shows as a change of a line. */
const asText = table =>
  `{\n${Object.entries(table)
    .map(([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`)
    .join(',\n')}\n}\n`

const text = asText(await operations())
// `--print`: for the test that compares.
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(new URL('../runner/definition/operations.generated.json', import.meta.url), text)
