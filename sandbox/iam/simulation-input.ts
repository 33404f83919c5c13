import type { ContextValue, PolicySet } from '../../policy/index.ts'
import type { PageInput } from './pagination.ts'
import { simulatedPolicy } from './simulated-policies.ts'

/** What both simulations take. */
export interface SimulationInput extends PageInput {
  ActionNames: string[]
  PolicyInputList?: string[]
  PermissionsBoundaryPolicyInputList?: string[]
  ResourceArns?: string[]
  ResourcePolicy?: string
  ResourceOwner?: string
  CallerArn?: string
  /** Levels of SCPs, the organization's root first. */
  OrderedOrganizationPolicyInputList?: { ServiceControlPolicyInputList?: string[] }[]
  ContextEntries?: { ContextKeyName?: string; ContextKeyValues?: string[]; ContextKeyType?: string }[]
}

/** The condition keys that the request gives; a type that ends in `List` is a key of several values. */
export const contextOf = ({ ContextEntries = [] }: SimulationInput): Record<string, ContextValue> =>
  Object.fromEntries(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [], ContextKeyType = 'string' }) => [
      ContextKeyName,
      ContextKeyType.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? ''),
    ]),
  )

/** The levels of SCPs that the request gives; null: none. */
export const scpsGiven = ({
  OrderedOrganizationPolicyInputList,
}: SimulationInput): NonNullable<PolicySet['scps']> | null =>
  OrderedOrganizationPolicyInputList?.map(({ ServiceControlPolicyInputList = [] }, level) =>
    ServiceControlPolicyInputList.map((text, index) =>
      simulatedPolicy(`OrderedOrganizationPolicyInputList.${level + 1}.${index + 1}`, text),
    ),
  ) ?? null
