import { kebab } from '../../steps/cli-line.ts'
import { stepKind, stepKinds } from '../../steps/index.ts'
import type { PreparedStep, StepKind } from '../../steps/step-kind.ts'

export interface JournalStep {
  kind: StepKind
  fields: Record<string, unknown>
  prepared: PreparedStep
}

/**
 * The step kind that a call equals, so that its journal entry is undone as any step's is. An operation that no kind stands for is a `call`
 * without an undo: teardown says that it is left.
 */
export function journalStep(operation: string, input: Readonly<Record<string, unknown>>): JournalStep {
  const own = stepKinds.find(kind => kind.operation === operation && kind.effect === 'changes')
  const fields = own && fieldsOf(input)
  const prepared = own && fields ? attempt(own, fields) : null
  if (own && fields && prepared) return { kind: own, fields, prepared }
  const [service, name] = operation.split(':')
  const call = stepKind('call')
  if (!call) throw new TypeError('there is no step kind `call`')
  const written = { service, operation: name, input }
  return { kind: call, fields: written, prepared: call.prepare(written) }
}

/** Members as a lab writes them: tags as a map. */
const fieldsOf = (input: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input).map(([member, value]) => [
      kebab(member),
      member.toLowerCase() === 'tags' ? tagMap(value) : value,
    ]),
  )

const tagMap = (tags: unknown): unknown =>
  Array.isArray(tags)
    ? Object.fromEntries(tags.map(each => [(each as { Key?: string }).Key, (each as { Value?: string }).Value ?? '']))
    : tags

/** Once more without what the kind does not take or takes in another form: undo needs the names alone. */
function attempt(kind: StepKind, fields: Record<string, unknown>): PreparedStep | null {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      return kind.prepare(fields)
    } catch (error) {
      const issues = (error as { issues?: { path: PropertyKey[]; keys?: string[] }[] }).issues ?? []
      const faulty = issues.flatMap(({ path, keys }) => keys ?? [String(path[0])])
      if (faulty.length === 0) return null
      for (const name of faulty) delete fields[name]
    }
  }
  return null
}
