/**
 * JSON as ECR prints a repository policy back, whatever the text it was given: two spaces of indent, a space on both sides of the colon,
 * lists on one line (recorded answers of Set-, Get- and DeleteRepositoryPolicy, 2017-2021).
 */
const print = (value: unknown, indent: string): string => {
  if (Array.isArray(value)) {
    return value.length === 0 ? '[ ]' : `[ ${value.map(item => print(item, indent)).join(', ')} ]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${JSON.stringify(name)} : ${print(member, inner)}`,
  )
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`
}

const rootArn = (principal: unknown): unknown =>
  typeof principal === 'string' && /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal

/** Bare account ids come back as root ARNs (unsure: the records were given root ARNs). */
const withRootArns = (principal: unknown): unknown => {
  if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) return principal
  const { AWS } = principal
  return { ...principal, AWS: Array.isArray(AWS) ? AWS.map(rootArn) : rootArn(AWS) }
}

const statementOf = (statement: object): object =>
  Object.fromEntries(
    Object.entries(statement).map(([name, value]) => [
      name,
      name === 'Principal' || name === 'NotPrincipal' ? withRootArns(value) : value,
    ]),
  )

/** `text` is valid JSON of a policy. A single statement comes back as a list. */
export const printPolicy = (text: string): string => {
  const policy: Record<string, unknown> = JSON.parse(text)
  const statements = [policy.Statement].flat()
  return print({ ...policy, Statement: statements.map(item => statementOf(Object(item))) }, '')
}
