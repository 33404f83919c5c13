import type { LabTemplate } from '../lab-template.ts'
import { identityPolicy } from './identity-policy.ts'
import { permissionsBoundary } from './permissions-boundary.ts'
import { repositoryPolicy } from './repository-policy.ts'

/** What `lab init --template` takes; the first is the default. */
export const templates: readonly [LabTemplate, ...LabTemplate[]] = [
  identityPolicy,
  repositoryPolicy,
  permissionsBoundary,
]
