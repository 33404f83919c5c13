import generated from './constraints.generated.json' with { type: 'json' }
import type { ServiceName } from './service-model.ts'
import type { Shape, Structure } from './shape.ts'

/** What the service's model says about one value. Lengths count code points; of a number they are the value's bounds. */
interface Rule {
  min?: number
  max?: number
  pattern?: string
  enum?: readonly string[]
}

interface MemberRule extends Rule {
  required?: boolean
  /** Of the items of a list of plain values. */
  each?: Rule
}

/** One broken rule. */
export interface Violation {
  /** Name of the structure that has the member. */
  structure: string
  member: string
  /** `tags.1.member.key`, `repositoryName`. */
  path: string
  /** Absent member: undefined. */
  value: unknown
  rule: 'required' | 'pattern' | 'minLength' | 'maxLength' | 'minValue' | 'maxValue' | 'enum' | 'each'
  /** The bound, the pattern, the values; for `each` the item's whole rule. */
  limit: string | number | readonly string[] | Rule
}

type Rules = Readonly<Record<string, Readonly<Record<string, MemberRule>>>>

/**
 * Where a recorded answer of AWS contradicts the model: source identities up to 256 characters pass (live STS, July 2026).
 */
const recorded: Readonly<Record<string, MemberRule>> = {
  'sts/AssumeRoleRequest/SourceIdentity': { min: 2, max: 256, pattern: '[\\w+=,.@-]*' },
}

/** Every rule of the model that `input` breaks, in the model's order of members. */
export const violations = (service: ServiceName, shape: Structure, input: Record<string, unknown>): Violation[] => {
  const found: Violation[] = []
  checkStructure({ service, rules: generated[service], found }, shape, input, '')
  return found
}

interface Check {
  service: ServiceName
  rules: Rules
  found: Violation[]
}

const checkStructure = (check: Check, shape: Structure, value: Record<string, unknown>, prefix: string): void => {
  const rules = check.rules[shape.name] ?? {}
  for (const [member, memberShape] of shape.members) {
    const item = value[member]
    if (item === undefined && rules[member]?.required !== true) continue
    const path = prefix + lowerFirst(member)
    const rule = recorded[`${check.service}/${shape.name}/${member}`] ?? rules[member]
    const report = (kind: Violation['rule'], limit: Violation['limit']): void => {
      check.found.push({ structure: shape.name, member, path, value: item, rule: kind, limit })
    }
    if (item === undefined) {
      if (rule?.required) report('required', '')
      continue
    }
    if (rule !== undefined) checkValue(rule, item, report)
    if (rule?.each !== undefined && !eachHolds(rule.each, item)) report('each', rule.each)
    checkNested(check, memberShape, item, path)
  }
}

const checkNested = (check: Check, shape: Shape, value: unknown, path: string): void => {
  if (shape.kind === 'structure') checkStructure(check, shape, value as Record<string, unknown>, `${path}.`)
  if (shape.kind === 'list' && shape.member.kind === 'structure') {
    for (const [index, item] of (value as Record<string, unknown>[]).entries()) {
      checkStructure(check, shape.member, item, `${path}.${index + 1}.member.`)
    }
  }
}

const checkValue = (
  rule: Rule,
  value: unknown,
  report: (kind: Violation['rule'], limit: Violation['limit']) => void,
): void => {
  const size = sizeOf(value)
  const [minKind, maxKind] =
    typeof value === 'number' ? (['minValue', 'maxValue'] as const) : (['minLength', 'maxLength'] as const)
  const tooLong = rule.max !== undefined && size > rule.max
  if (rule.pattern !== undefined && typeof value === 'string' && !tooLong && !patternOf(rule.pattern).test(value)) {
    report('pattern', rule.pattern)
  }
  if (rule.min !== undefined && size < rule.min) report(minKind, rule.min)
  if (rule.max !== undefined && tooLong) report(maxKind, rule.max)
  if (rule.enum !== undefined && typeof value === 'string' && !rule.enum.includes(value)) report('enum', rule.enum)
}

const eachHolds = (rule: Rule, value: unknown): boolean => {
  let holds = true
  for (const item of Array.isArray(value) ? value : []) {
    checkValue(rule, item, () => {
      holds = false
    })
  }
  return holds
}

const sizeOf = (value: unknown): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return isShortAscii(value) ? value.length : [...value].length
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length
  return Object.keys(value as object).length
}

const isShortAscii = (text: string): boolean => !/[\ud800-\udfff]/.test(text)

const patterns = new Map<string, RegExp>()

/** The models' patterns are Java's. Those with `\p{...}` need the `u` flag, under which others of them are errors. The whole value must match. */
export const patternOf = (source: string): RegExp => {
  const known = patterns.get(source)
  if (known !== undefined) return known
  const pattern = new RegExp(`^(?:${source})$`, source.includes('\\p{') ? 'u' : '')
  patterns.set(source, pattern)
  return pattern
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
