export type PolicyErrorCode =
  | 'NotJson'
  | 'UnknownVersion'
  | 'UnknownElement'
  | 'MissingElement'
  | 'ConflictingElements'
  | 'MisplacedElement'
  | 'InvalidValue'
  | 'InvalidAction'
  | 'InvalidResource'
  | 'InvalidPrincipal'
  | 'InvalidVariable'
  | 'UnknownOperator'
  | 'InvalidConditionValue'
  | 'InvalidRequest'
  | 'InvalidRow'
  | 'NotCompiled'

/** The only error policy/ throws: something that cannot be evaluated, by name. `path` is its place, `Statement[0].Condition.StringEquals`. */
export class PolicyError extends Error {
  readonly code: PolicyErrorCode
  readonly path: string | undefined

  constructor(code: PolicyErrorCode, message: string, path?: string) {
    super(path ? `${message} (at ${path})` : message)
    this.name = 'PolicyError'
    this.code = code
    this.path = path
  }
}

/** A value as it can stand in a message: JSON, cut at 80 characters. */
export function shown(value: unknown): string {
  let text: string | undefined
  try {
    text = typeof value === 'string' ? value : JSON.stringify(value)
  } catch {
    text = undefined
  }
  const visible = text ?? typeof value
  return `\`${visible.length > 80 ? `${visible.slice(0, 77)}...` : visible}\``
}
