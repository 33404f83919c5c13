import { readFileSync } from 'node:fs'

export type Document = Record<string, unknown>

/** A row of the corpus: a request, its policies and what AWS decides. */
export interface Row {
  id: string
  title: string
  /** false: the policy type is not certain. */
  sure: boolean
  expect: { decision: 'allowed' | 'explicitDeny' | 'implicitDeny'; policyType?: string }
  principal: string
  action: string
  resource: string
  resourceAccount: string
  context: Record<string, string | boolean | string[]>
  identityPolicies: Document[]
  resourcePolicy?: Document | null
  registryPolicy?: Document | null
  permissionBoundaries?: Document[] | null
  sessionPolicy?: Document | null
  scps?: (Document | Document[])[] | null
  rcps?: Document[] | null
  vpcEndpointPolicy?: Document | null
}

export const rowsOf = (file: URL): Row[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Row)

/** A row that no request to the sandbox can be, and why. */
export class NotBuilt extends Error {
  override name = 'NotBuilt'
}

/** Kind, account, path and name of an ARN of IAM or STS; null: it is another. */
export const partsOf = (arn: string): { kind: string; account: string; path: string; name: string } | null => {
  const [, account = '', kind = '', path = '', name = ''] =
    /^arn:aws:(?:iam|sts)::(\d{12}):(user|role|root|assumed-role|federated-user)(?:\/((?:[^/]+\/)*)([^/]+))?$/.exec(
      arn,
    ) ?? []
  return account === '' ? null : { kind, account, path: `/${path}`, name }
}

/** Everything the policies of a row say, as one text. */
export const policyText = ({ id, title, expect, principal, action, resource, context, ...policies }: Row): string =>
  JSON.stringify(policies)

/** A user or role that is to be made. */
export interface Entity {
  kind: 'user' | 'role'
  account: string
  path: string
  name: string
}

/** The user or role behind a principal; null: root. */
export const entityOf = (arn: string): Entity | null => {
  const parts = partsOf(arn)
  if (parts === null || parts.kind === 'root') return null
  const kind = parts.kind === 'user' || parts.kind === 'federated-user' ? 'user' : 'role'
  // The name of a session's role stands before the session's own.
  const name = parts.kind === 'assumed-role' ? parts.path.slice(1, -1) : parts.name
  return { kind, account: parts.account, path: parts.kind === 'assumed-role' ? '/' : parts.path, name }
}
