import { AwsError } from '../errors.ts'
import type { Violation } from './constraints.ts'
import type { ServiceName } from './service-model.ts'

/** The error that the service answers to values its model forbids: each of the three says it in its own way. */
export const constraintError = (service: ServiceName, found: readonly [Violation, ...Violation[]]): AwsError => {
  if (service === 'ecr') return ecrError(found[0])
  const named = service === 'iam' ? found.find(isNameCharacter) : undefined
  if (named !== undefined) {
    return validationError(
      `The specified value for ${named.path} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    )
  }
  if (service === 'iam' && found.some(isNewPath)) {
    return validationError(
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    )
  }
  const clauses = found.map(
    violation => `${valueAt(service, violation)} failed to satisfy constraint: ${member(violation)}`,
  )
  const count = clauses.length === 1 ? '1 validation error' : `${clauses.length} validation errors`
  return validationError(`${count} detected: ${clauses.join('; ')}`)
}

const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message)

/** IAM has its own sentence for a name's characters when the thing is made or written. */
const isNameCharacter = ({ structure, path, rule }: Violation): boolean =>
  rule === 'pattern' && /^(Create|Put)/.test(structure) && /^(role|user|policy|group)Name$/.test(path)

/** And for the path of a new thing. */
const isNewPath = ({ structure, path, rule }: Violation): boolean =>
  rule === 'pattern' && structure.startsWith('Create') && path === 'path'

/** STS repeats the value, IAM (since 2026) does not. */
const valueAt = (service: ServiceName, { value, path }: Violation): string => {
  if (service === 'iam') return `Value at '${path}'`
  return value === undefined ? `Value null at '${path}'` : `Value '${printed(value)}' at '${path}'`
}

const printed = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(printed).join(', ')}]` : String(value)

const member = ({ rule, limit }: Violation): string => {
  switch (rule) {
    case 'required':
      return 'Member must not be null'
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${limit}`
    case 'minLength':
      return `Member must have length greater than or equal to ${limit}`
    case 'maxLength':
      return `Member must have length less than or equal to ${limit}`
    case 'minValue':
      return `Member must have value greater than or equal to ${limit}`
    case 'maxValue':
      return `Member must have value less than or equal to ${limit}`
    case 'enum':
      return `Member must satisfy enum value set: [${(limit as readonly string[]).join(', ')}]`
    case 'each':
      return `Member must satisfy constraint: [${itemRules(limit as { min?: number; max?: number; pattern?: string }).join(', ')}]`
  }
}

const itemRules = (rule: { min?: number; max?: number; pattern?: string }): string[] => [
  ...(rule.max === undefined ? [] : [`Member must have length less than or equal to ${rule.max}`]),
  ...(rule.min === undefined ? [] : [`Member must have length greater than or equal to ${rule.min}`]),
  ...(rule.pattern === undefined ? [] : [`Member must satisfy regular expression pattern: ${rule.pattern}`]),
  'Member must not be null',
]

/** The recorded error quotes this older expression, not the model's. */
const oldRepositoryName = "'(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'"

/** Names the first fault only. The wording of lengths, ranges and enumerations has no record: it follows that of the patterns. */
const ecrError = ({ path, rule, limit }: Violation): AwsError => {
  const what = (): string => {
    switch (rule) {
      case 'pattern':
        return `must satisfy regular expression ${/repositoryName/.test(path) ? oldRepositoryName : limit}`
      case 'each':
        return `must satisfy constraint: [${itemRules(limit as { min?: number }).join(', ')}]`
      default:
        return member({ rule, limit } as Violation).replace(/^Member /, '')
    }
  }
  return new AwsError(
    'InvalidParameterException',
    400,
    `Invalid parameter at '${path}' failed to satisfy constraint: '${what()}'`,
  )
}
