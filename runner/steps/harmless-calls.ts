import { nameOfArn } from '../aws/arns.ts'

/** A call that changes nothing, whatever it is answered. */
export interface HarmlessCall {
  operation: string
  input: Record<string, unknown>
}

const noDigest = `sha256:${'0'.repeat(64)}`

interface Repository {
  repositoryName: string
  registryId: string
}

/** By the action that they need and nothing else. Images and layers that are asked for need not be there: AWS authorizes first. */
const onRepository: Readonly<Record<string, (repository: Repository, arn: string) => Record<string, unknown>>> = {
  'ecr:ListImages': repository => ({ ...repository, maxResults: 1 }),
  'ecr:DescribeImages': repository => ({ ...repository, maxResults: 1 }),
  'ecr:DescribeRepositories': ({ repositoryName, registryId }) => ({ repositoryNames: [repositoryName], registryId }),
  'ecr:BatchGetImage': repository => ({ ...repository, imageIds: [{ imageDigest: noDigest }] }),
  'ecr:BatchCheckLayerAvailability': repository => ({ ...repository, layerDigests: [noDigest] }),
  'ecr:GetDownloadUrlForLayer': repository => ({ ...repository, layerDigest: noDigest }),
  'ecr:GetRepositoryPolicy': repository => ({ ...repository }),
  'ecr:ListTagsForResource': (_repository, resourceArn) => ({ resourceArn }),
}

const onRole: Readonly<Record<string, true>> = {
  'iam:GetRole': true,
  'iam:ListRolePolicies': true,
  'iam:ListAttachedRolePolicies': true,
}

/** The call that shows whether an action is allowed on a resource; null: there is none that is known to be harmless. */
export function harmlessCall(action: string, resource: string): HarmlessCall | null {
  if (action === 'ecr:GetAuthorizationToken' && resource === '*') return { operation: action, input: {} }
  const [, account = '', name] = /^arn:[^:]*:ecr:[^:]*:(\d{12}):repository\/([^*?]+)$/.exec(resource) ?? []
  const repository = onRepository[action]
  if (repository && name !== undefined)
    return { operation: action, input: repository({ repositoryName: name, registryId: account }, resource) }
  if (onRole[action] && /^arn:[^:]*:iam::\d{12}:role\/[^*?]+$/.test(resource))
    return { operation: action, input: { RoleName: nameOfArn(resource) } }
  return null
}
