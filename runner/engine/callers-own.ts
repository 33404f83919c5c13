import { type Expectation, expectedDenial } from '../../assertions/index.ts'

/** Policies that hang on the caller, not on what he asks for. */
export const callersOwn = new Set<string>([
  'identity-based',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
])

/** Does the lab ask for a refusal of its own caller by his own policies? Then it is about him, whoever he is. */
export const asksOfCaller = (expectation: Expectation): boolean =>
  expectation.kind === 'deny' && callersOwn.has(expectedDenial(expectation.deny).fields.policyType ?? '')
