import type { Outcome } from '../../assertions/index.ts'
import { sha256 } from '../aws/image.ts'
import { at, listAt, outputOf, stringAt } from '../steps/answers.ts'

type Input = Readonly<Record<string, unknown>>

/** A read, and what AWS answered it. */
interface Read {
  operation: string
  input: Input
  outcome: Outcome
}

/** What a read would be answered if the change had been made; undefined: the same. */
type Effect = (change: Input, read: Read) => Outcome | undefined

/**
 * Changes that were kept back, and what reads would answer if they had been sent: so that who takes things back step by step, reading between
 * the steps, tells the calls that he would send, each once. Changes that taking back does not send are not known here: they change no answer.
 */
export class KeptChanges {
  readonly #kept: { account: string; operation: string; input: Input }[] = []

  keep(account: string, operation: string, input: Input): void {
    this.#kept.push({ account, operation, input })
  }

  /** A read's answer as all that was kept back would have left it. */
  seen(account: string, operation: string, input: Input, answered: Outcome): Outcome {
    return this.#kept
      .filter(change => change.account === account)
      .reduce((outcome, change) => {
        if (outcome.outcome !== 'allowed' && !mayComeBack.test(change.operation)) return outcome
        return effects[change.operation]?.(change.input, { operation, input, outcome }) ?? outcome
      }, answered)
  }
}

const refusal = (code: string): Outcome => ({
  outcome: 'failed',
  cause: 'request',
  code,
  message: 'it would have been taken back by then',
  httpStatus: null,
  requestId: null,
})

const answer = (output: unknown): Outcome => ({ outcome: 'allowed', output, httpStatus: null, requestId: null })

/** After these something is there that may not have been before. */
const mayComeBack = /:(Put|Set|Attach)/

const like = (change: Input, input: Input, ...members: string[]): boolean =>
  members.every(member => change[member] !== undefined && change[member] === input[member])

/** The list `member` of a read's answer without those elements. */
const without = ({ outcome }: Read, member: string, drop: (element: unknown) => boolean): Outcome =>
  answer({ ...outputOf(outcome), [member]: listAt(outputOf(outcome), member).filter(element => !drop(element)) })

const withOne = ({ outcome }: Read, member: string, element: unknown): Outcome =>
  answer({ ...outputOf(outcome), [member]: [...listAt(outputOf(outcome), member), element] })

/** Role and user have the same operations. */
const ofEntity = (entity: 'Role' | 'User' | 'Group'): Record<string, Effect> => {
  const name = `${entity}Name`
  const isIn = (list: string, change: Input, read: Read) => read.operation === list && like(change, read.input, name)
  return {
    [`iam:Detach${entity}Policy`]: (change, read) => {
      if (isIn(`iam:ListAttached${entity}Policies`, change, read))
        return without(read, 'AttachedPolicies', each => stringAt(each, 'PolicyArn') === change.PolicyArn)
      if (read.operation === 'iam:ListEntitiesForPolicy' && like(change, read.input, 'PolicyArn'))
        return without(read, `Policy${entity}s`, each => stringAt(each, name) === change[name])
      return undefined
    },
    [`iam:Attach${entity}Policy`]: (change, read) =>
      isIn(`iam:ListAttached${entity}Policies`, change, read)
        ? withOne(read, 'AttachedPolicies', { PolicyArn: change.PolicyArn })
        : undefined,
    [`iam:Delete${entity}Policy`]: (change, read) => {
      if (isIn(`iam:List${entity}Policies`, change, read))
        return without(read, 'PolicyNames', each => each === change.PolicyName)
      const itself = isIn(`iam:Get${entity}Policy`, change, read) && like(change, read.input, 'PolicyName')
      return itself ? refusal('NoSuchEntityException') : undefined
    },
    [`iam:Put${entity}Policy`]: (change, read) =>
      isIn(`iam:Get${entity}Policy`, change, read) && like(change, read.input, 'PolicyName')
        ? answer({ ...outputOf(read.outcome), PolicyDocument: change.PolicyDocument })
        : undefined,
    [`iam:Delete${entity}`]: (change, read) => {
      // A policy also lists whom it bounds.
      if (read.operation === 'iam:ListEntitiesForPolicy')
        return without(read, `Policy${entity}s`, each => stringAt(each, name) === change[name])
      const itself = read.operation.startsWith('iam:') && like(change, read.input, name)
      return itself ? refusal('NoSuchEntityException') : undefined
    },
  }
}

const isOfRepository = ({ repositoryName }: Input, { operation, input }: Read): boolean =>
  operation.startsWith('ecr:') &&
  (input.repositoryName === repositoryName ||
    listAt(input, 'repositoryNames').includes(repositoryName) ||
    String(input.resourceArn ?? '').endsWith(`:repository/${repositoryName}`))

const idIn = (input: Input) => listAt(input, 'imageIds')[0]

/** The tag is off its image; `withLast`: an image that has no other goes with it. */
function untagged(tag: string | null, { operation, input, outcome }: Read, withLast: boolean): Outcome | undefined {
  if (tag === null) return undefined
  if (operation === 'ecr:BatchGetImage' && stringAt(idIn(input), 'imageTag') === tag) return answer({ images: [] })
  if (operation !== 'ecr:DescribeImages') return undefined
  const [image] = listAt(outputOf(outcome), 'imageDetails')
  const tags = listAt(image, 'imageTags')
  if (!tags.includes(tag)) return undefined
  const others = tags.filter(each => each !== tag)
  if (others.length === 0 && withLast) return refusal('ImageNotFoundException')
  return answer({ imageDetails: [{ ...(image as object), imageTags: others }] })
}

const effects: Readonly<Record<string, Effect>> = {
  ...ofEntity('Role'),
  ...ofEntity('User'),
  ...ofEntity('Group'),
  'iam:DeletePolicy': (change, { operation, input }) =>
    operation.startsWith('iam:') && like(change, input, 'PolicyArn') ? refusal('NoSuchEntityException') : undefined,
  'iam:DeletePolicyVersion': (change, read) =>
    read.operation === 'iam:ListPolicyVersions' && like(change, read.input, 'PolicyArn')
      ? without(read, 'Versions', each => stringAt(each, 'VersionId') === change.VersionId)
      : undefined,
  'iam:DeleteAccessKey': (change, read) =>
    read.operation === 'iam:ListAccessKeys' && like(change, read.input, 'UserName')
      ? without(read, 'AccessKeyMetadata', each => stringAt(each, 'AccessKeyId') === change.AccessKeyId)
      : undefined,
  'iam:DeleteRolePermissionsBoundary': (change, read) =>
    read.operation === 'iam:ListEntitiesForPolicy'
      ? without(read, 'PolicyRoles', each => stringAt(each, 'RoleName') === change.RoleName)
      : bounded(change, read, undefined),
  'iam:PutRolePermissionsBoundary': (change, read) =>
    bounded(change, read, { PermissionsBoundaryArn: change.PermissionsBoundary }),
  'ecr:DeleteRepository': (change, read) =>
    isOfRepository(change, read) ? refusal('RepositoryNotFoundException') : undefined,
  'ecr:DeleteRepositoryPolicy': (change, read) =>
    read.operation === 'ecr:GetRepositoryPolicy' && isOfRepository(change, read)
      ? refusal('RepositoryPolicyNotFoundException')
      : undefined,
  'ecr:SetRepositoryPolicy': (change, read) =>
    read.operation === 'ecr:GetRepositoryPolicy' && isOfRepository(change, read)
      ? answer({ policyText: change.policyText })
      : undefined,
  'ecr:BatchDeleteImage': (change, read) => {
    if (!isOfRepository(change, read)) return undefined
    const digest = stringAt(idIn(change), 'imageDigest')
    if (digest === null || stringAt(idIn(read.input), 'imageDigest') !== digest)
      return untagged(stringAt(idIn(change), 'imageTag'), read, true)
    return read.operation === 'ecr:DescribeImages' ? refusal('ImageNotFoundException') : answer({ images: [] })
  },
  'ecr:PutImage': (change, read) => {
    if (!isOfRepository(change, read)) return undefined
    const imageTag = String(change.imageTag)
    const imageManifest = String(change.imageManifest)
    const imageDigest = sha256(imageManifest)
    if (read.operation === 'ecr:BatchGetImage' && stringAt(idIn(read.input), 'imageTag') === imageTag)
      return answer({ images: [{ imageId: { imageDigest, imageTag }, imageManifest }] })
    return stringAt(idIn(read.input), 'imageDigest') === imageDigest ? undefined : untagged(imageTag, read, false)
  },
}

function bounded(change: Input, read: Read, PermissionsBoundary: unknown): Outcome | undefined {
  if (read.operation !== 'iam:GetRole' || !like(change, read.input, 'RoleName')) return undefined
  const role = at(outputOf(read.outcome), 'Role')
  return read.outcome.outcome === 'allowed' ? answer({ Role: { ...(role as object), PermissionsBoundary } }) : undefined
}
