import { inlinePoliciesFault, validateIdentityPolicy } from '../../policy/index.ts'
import type { Call, Need } from '../operation.ts'
import { encodeDocument } from './document.ts'
import type { Entity } from './entities.ts'
import type { Holder, Scope } from './holder.ts'
import { type PageInput, pageOfSorted } from './pagination.ts'
import { boundaryContext } from './permissions-boundary.ts'
import { inlinePolicyNotFound } from './policy-errors.ts'
import { refuseProtected } from './protected-role.ts'
import { refuse } from './refuse.ts'

export const inlineChangeNeeds = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  action: string,
  name: string,
): Need[] => holder.needs(scope, action, name, boundaryContext(holder.find(scope, name)))

/** Puts or replaces; all inline policies of an entity share one quota. */
export const putInline = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  name: string,
  policyName: string,
  document: string,
): undefined => {
  const entity = holder.named(scope, name)
  refuseProtected(entity)
  refuse(validateIdentityPolicy(document, 'inline'))
  const inline = { ...entity.inline, [policyName]: document }
  refuse(inlinePoliciesFault(holder.noun, holder.nameOf(entity), Object.values(inline)))
  holder.save(scope, { ...entity, inline })
}

export const getInline = <T extends Entity>(scope: Scope, holder: Holder<T>, name: string, policyName: string) => {
  const document = holder.named(scope, name).inline[policyName]
  if (document === undefined) throw inlinePolicyNotFound(holder.noun, policyName)
  return { PolicyName: policyName, PolicyDocument: encodeDocument(document) }
}

export const deleteInline = <T extends Entity>(
  scope: Scope,
  holder: Holder<T>,
  name: string,
  policyName: string,
): undefined => {
  const entity = holder.named(scope, name)
  refuseProtected(entity)
  const { [policyName]: found, ...inline } = entity.inline
  if (found === undefined) throw inlinePolicyNotFound(holder.noun, policyName)
  holder.save(scope, { ...entity, inline })
}

export const listInline = <T extends Entity>(call: Call<PageInput>, holder: Holder<T>, name: string) => {
  const names = Object.keys(holder.named(call, name).inline)
  const { items, rest } = pageOfSorted(names, call.input, item => item)
  return { PolicyNames: items, ...rest }
}
