import type { Fault } from '../../policy/index.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import type { Aws, AwsPlace } from './step-kind.ts'

/** ECR's one text for every fault of a repository policy. */
const invalid: Fault = {
  code: 'InvalidParameterException',
  status: 400,
  message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
}

/** Names of the roles and users of an account that a policy's principals name. */
function named(document: string, account: string): { kind: 'Role' | 'User'; name: string }[] {
  const parsed: unknown = JSON.parse(document)
  const statements = listAt(parsed, 'Statement')
  const texts = (statements.length > 0 ? statements : [(parsed as { Statement?: unknown }).Statement]).map(statement =>
    JSON.stringify([
      (statement as { Principal?: unknown }).Principal ?? null,
      (statement as { NotPrincipal?: unknown }).NotPrincipal ?? null,
    ]),
  )
  const form = new RegExp(`"arn:[^:"]*:iam::${account}:(role|user)/([^"]+)"`, 'g')
  return Array.from(texts.join().matchAll(form), ([, type, path = '']) => ({
    kind: type === 'role' ? 'Role' : 'User',
    name: path.slice(path.lastIndexOf('/') + 1),
  }))
}

/**
 * ECR takes no policy whose principal does not exist (recorded, see docs/claims.md). Principals of other accounts are not asked for.
 *
 * @param document a valid repository policy
 */
export async function missingPrincipal(aws: Aws, { account }: AwsPlace, document: string): Promise<Fault | null> {
  for (const { kind, name } of named(document, account)) {
    const outcome = await aws.call(`iam:Get${kind}`, { [`${kind}Name`]: name })
    if (hasCode(outcome, 'NoSuchEntity')) return invalid
    if (outcome.outcome !== 'allowed' || stringAt(outcome.output, kind, 'Arn') === null) return null
  }
  return null
}
