/** Services whose resources IAM-like exceptions keep out of RCPs. */
const unbound = new Set(['iam'])

/**
 * Do resource control policies bind this action's service? `ecr`, `ecr-public` and `sts` are on AWS's list of supported services, `iam` is not.
 * @param action in lower case
 */
export const bindsRcp = (action: string): boolean => !unbound.has(action.slice(0, action.indexOf(':')))
