import {
  validateIdentityPolicy,
  validateRegistryPolicy,
  validateRepositoryPolicy,
  validateTrustPolicy,
} from '../../../policy/index.ts'
import type { DocumentUse } from '../../steps/step-kind.ts'
import { appliedDocuments, type CheckedDocument } from '../checked-document.ts'
import type { CheckedLab } from '../checked-lab.ts'
import { policyOf, repositoryArn, rolePolicy } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

type Fault = ReturnType<typeof validateTrustPolicy>

/** The sandbox's own checks. */
const validators: Readonly<Record<DocumentUse, (text: string) => Fault>> = {
  managed: text => validateIdentityPolicy(text, 'managed'),
  inline: text => validateIdentityPolicy(text, 'inline'),
  session: text => validateIdentityPolicy(text, 'session'),
  trust: validateTrustPolicy,
  repository: validateRepositoryPolicy,
  registry: validateRegistryPolicy,
}

/** The statement that is refused when it stands alone, or the document's beginning. */
function placeOf(document: CheckedDocument, validate: (text: string) => Fault) {
  const { data, statements } = document
  if (statements.length < 2) return document.at(statements.length === 1 ? (statements[0]?.path ?? []) : [])
  const wrong = statements.find(({ value }) => validate(JSON.stringify({ ...data, Statement: [value] })) !== null)
  return document.at(wrong?.path ?? ['Statement'])
}

/** What ECR does not say: its one sentence fits every mistake. */
function hintFor({ use, statements }: CheckedDocument): string | null {
  if (use !== 'repository') return null
  if (statements.some(({ value }) => 'Resource' in value || 'NotResource' in value))
    return 'a repository policy has no Resource: it is about its repository'
  if (statements.some(({ value }) => !('Principal' in value || 'NotPrincipal' in value)))
    return 'every statement of a repository policy has a Principal'
  return 'ECR says this of every mistake: look for elements and actions that are not ECR’s'
}

export const policyRefused: Rule<CheckedLab> = {
  id: 'policy-refused',
  severity: 'error',
  summary: 'A policy is one that IAM, STS or ECR refuses',
  why: 'The step that sends it fails, and the lab ends there. The sentence is the one that AWS answers with. A step that expects exactly this (`error:`) is left alone.',
  wrong: rolePolicy(
    policyOf(`{ "Sid": "List images", "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${repositoryArn}" }`),
  ),
  right: rolePolicy(
    policyOf(`{ "Sid": "ListImages", "Effect": "Allow", "Action": "ecr:ListImages", "Resource": "${repositoryArn}" }`),
  ),
  at: '{ "Sid"',
  check: ({ documents }) =>
    appliedDocuments(documents).flatMap(document => {
      const validate = validators[document.use]
      const fault = validate(document.text)
      if (fault === null) return []
      const message = `AWS refuses this policy: ${fault.code}: ${fault.message}`
      return [{ place: placeOf(document, validate), message, hint: hintFor(document), named: document.named }]
    }),
}
