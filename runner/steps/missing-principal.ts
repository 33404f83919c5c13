import type { Failed } from '../../assertions/index.ts'
import { type Fault, validateRepositoryPolicy } from '../../policy/index.ts'
import { iamArn } from '../aws/arns.ts'
import { hasCode, listAt, stringAt } from './answers.ts'
import type { Aws, AwsPlace, Permission } from './step-kind.ts'

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
export async function missingPrincipal(
  aws: Aws,
  { account }: AwsPlace,
  document: string,
): Promise<{ fault: Fault } | { unread: Failed } | null> {
  for (const { kind, name } of named(document, account)) {
    const outcome = await aws.call(`iam:Get${kind}`, { [`${kind}Name`]: name })
    if (hasCode(outcome, 'NoSuchEntity')) return { fault: invalid }
    if (outcome.outcome === 'failed') return { unread: outcome }
    // Who may not look cannot tell: that is no verdict on the policy.
    if (outcome.outcome === 'denied') {
      const { code, message, httpStatus, requestId } = outcome
      return { unread: { outcome: 'failed', cause: 'credentials', code, message, httpStatus, requestId } }
    }
    if (stringAt(outcome.output, kind, 'Arn') === null) return null
  }
  return null
}

/** What finding out takes. */
export const readsOfPrincipals = ({ partition, account }: AwsPlace, document: string): Permission[] => {
  if (validateRepositoryPolicy(document) !== null) return []
  return named(document, account).map(({ kind, name }) => ({
    action: `iam:Get${kind}`,
    resource: iamArn({ partition, account, region: '' }, kind === 'Role' ? 'role' : 'user', '/', name),
  }))
}
