import type { Call, Need } from '../operation.ts'
import { forgetAttachment, recordAttachment } from './attachments.ts'
import type { Entity } from './entities.ts'
import type { Holder, Scope } from './holder.ts'
import { limitExceeded } from './limit-exceeded.ts'
import { findPolicy, isPolicyArn } from './managed-policy.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { boundaryContext } from './permissions-boundary.ts'
import { arnNotValid, policyNotAttachable, policyNotFound } from './policy-errors.ts'
import { refuseProtected } from './protected-role.ts'

const maximum = 10

/** Needs of Attach* and Detach*: the policy's ARN and the entity's boundary are condition keys. */
export const attachmentNeeds = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  action: string,
  name: string,
  arn: string,
): Need[] => holder.needs(scope, action, name, { 'iam:PolicyARN': arn, ...boundaryContext(holder.find(scope, name)) })

/** Attaching again what is attached succeeds. */
export const attachPolicy = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  name: string,
  arn: string,
): undefined => {
  if (!isPolicyArn(arn)) throw arnNotValid('ValidationError', arn)
  const entity = holder.named(scope, name)
  refuseProtected(entity)
  if (findPolicy(scope, arn) === undefined) throw policyNotAttachable(arn)
  if (entity.attached.includes(arn)) return
  if (entity.attached.length >= maximum) throw limitExceeded(holder.attachedQuota, maximum)
  holder.save(scope, { ...entity, attached: [...entity.attached, arn] })
  recordAttachment(scope, arn, holder.noun, holder.nameOf(entity))
}

export const detachPolicy = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  name: string,
  arn: string,
): undefined => {
  if (!isPolicyArn(arn)) throw arnNotValid('ValidationError', arn)
  const entity = holder.named(scope, name)
  refuseProtected(entity)
  if (!entity.attached.includes(arn)) throw policyNotFound(arn)
  holder.save(scope, { ...entity, attached: entity.attached.filter(other => other !== arn) })
  forgetAttachment(scope, arn, holder.noun, holder.nameOf(entity))
}

export const policyNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

export const attachedPolicy = (arn: string): { PolicyName: string; PolicyArn: string } => ({
  PolicyName: policyNameOf(arn),
  PolicyArn: arn,
})

export const listAttached = (
  call: Call<PageInput & { PathPrefix?: string }>,
  attached: readonly string[],
): Record<string, unknown> => {
  const { PathPrefix = '/' } = call.input
  const under = attached.filter(arn => arn.slice(arn.indexOf(':policy/') + ':policy'.length).startsWith(PathPrefix))
  const { items, rest } = pageOfSorted(under, call.input, arn => `${policyNameOf(arn).toLowerCase()} ${arn}`)
  return { AttachedPolicies: items.map(attachedPolicy), ...rest }
}
