import type { ActionRule } from './action-rule.ts'

const isAuthenticated: ActionRule['always'] = ({ caller }) => caller.kind !== 'anonymous' && caller.kind !== 'provider'

/** STS's own rules, by action in lower case. Source: STS API reference; IAM User Guide, id_credentials_temp_control-access_getsessiontoken. */
export const sts: Readonly<Record<string, ActionRule>> = {
  'sts:assumerole': { trust: 'gate' },
  'sts:assumerolewithsaml': { trust: 'alone' },
  'sts:assumerolewithwebidentity': { trust: 'alone' },
  'sts:tagsession': { trust: 'chained' },
  'sts:setsourceidentity': { trust: 'chained' },
  'sts:getcalleridentity': { always: isAuthenticated },
  'sts:getsessiontoken': { always: ({ caller }) => caller.kind === 'user' || caller.kind === 'root' },
}
