import type { StepKind } from '../steps/step-kind.ts'
import type { Problem } from './definition-error.ts'
import { didYouMean } from './nearest-name.ts'
import { isListShape, type OperationTable, type OutputShape, operationOf, operationTable } from './operations.ts'
import { isMap, type RawStep } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'
import { hasMember } from './schema-walk.ts'
import type { Path } from './yaml-place.ts'

/**
 * Names of AWS's own in steps: the operation and input members where a kind's fields name them (`service`, `operation`, `input`), and the
 * output members that `allow` asks for. Values are AWS's to judge.
 */
export async function checkCalls(
  source: YamlSource,
  steps: readonly RawStep[],
  kinds: readonly StepKind[],
): Promise<Problem[]> {
  const table = await operationTable()
  return steps.flatMap(({ data, path, kinds: [name = ''] }) => {
    const kind = kinds.find(each => each.kind === name)
    const fields = data[name]
    if (!kind) return []
    const calls =
      kind.operation === null && hasMember(kind.schema, 'operation') && isMap(fields)
        ? callsIn(fields, [...path, name])
        : []
    return [
      ...calls.flatMap(each => callProblems(source, each, table)),
      ...allowProblems(source, data.allow, [...path, 'allow'], operationOf(kind, fields), table),
    ]
  })
}

interface WrittenCall {
  fields: Record<string, unknown>
  at: Path
}

const callsIn = (fields: Record<string, unknown>, at: Path): WrittenCall[] => [
  { fields, at },
  ...(isMap(fields.undo) ? [{ fields: fields.undo, at: [...at, 'undo'] }] : []),
]

function callProblems(source: YamlSource, { fields, at }: WrittenCall, table: OperationTable): Problem[] {
  const { service, operation } = fields
  const ofService = Object.keys(table).filter(name => name.startsWith(`${String(service)}:`))
  if (typeof operation !== 'string' || ofService.length === 0) return []
  const shape = table[`${String(service)}:${operation}`]
  if (!shape) {
    const names = ofService.map(name => name.slice(name.indexOf(':') + 1))
    return [
      {
        place: source.place([...at, 'operation']),
        message: `service \`${String(service)}\` has no operation \`${operation}\``,
        hint: didYouMean(operation, names, 'it has'),
        rule: 'unknown-operation',
      },
    ]
  }
  const input = isMap(fields.input) ? fields.input : {}
  const unknown = Object.keys(input).filter(member => !Object.hasOwn(shape.input, member))
  const missing = Object.entries(shape.input).flatMap(([member, required]) =>
    required && !Object.hasOwn(input, member) ? member : [],
  )
  return [
    ...unknown.map(member => ({
      place: source.place([...at, 'input', member], 'key'),
      message: `\`${operation}\` takes no \`${member}\``,
      hint: didYouMean(member, Object.keys(shape.input), 'it takes'),
      rule: 'unknown-input',
    })),
    // A misspelt member is said once, not also as a missing one.
    ...missing.slice(0, unknown.length > 0 ? 0 : undefined).map(member => ({
      place: source.place([...at, 'input'], 'key'),
      message: `the input of \`${operation}\` lacks \`${member}\``,
      hint: null,
      rule: 'missing-input',
    })),
  ]
}

function allowProblems(
  source: YamlSource,
  allow: unknown,
  at: Path,
  operation: string | null,
  table: OperationTable,
): Problem[] {
  const shape = operation === null ? undefined : table[operation]
  if (!shape || operation === null) return []
  return unknownMembers(allow, shape.output, []).map(({ path, known }) => {
    const member = String(path.at(-1))
    const place = source.place([...at, ...path], 'key')
    return {
      place,
      message: `the output of ${operation} has no \`${member}\` here`,
      hint: didYouMean(member, known, 'it has'),
      rule: 'unknown-output',
    }
  })
}

/** Keys of a map that the output never has: such a lab could not pass. */
function unknownMembers(value: unknown, shape: OutputShape, path: Path): { path: Path; known: string[] }[] {
  if (Array.isArray(value))
    return isListShape(shape) ? value.flatMap((each, index) => unknownMembers(each, shape[0], [...path, index])) : []
  if (!isMap(value) || typeof shape === 'number' || isListShape(shape)) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const next = shape[key] ?? shape['*']
    return next === undefined
      ? [{ path: [...path, key], known: Object.keys(shape) }]
      : unknownMembers(each, next, [...path, key])
  })
}
