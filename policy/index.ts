export { compileAction } from './action-pattern.ts'
export type { NotKnown } from './assumption.ts'
export type { CompiledPolicy } from './compile.ts'
export { compilePolicy } from './compile.ts'
export { decide } from './decide.ts'
export type { TurnsOn } from './decide-both-ways.ts'
export { decideBothWays } from './decide-both-ways.ts'
export type {
  AccessRequest,
  AttachedPolicy,
  ContextValue,
  Decision,
  LayerVerdict,
  Mismatch,
  PolicySet,
  PolicyType,
  StatementVerdict,
} from './decision.ts'
export { isDerivedKey } from './derived-keys.ts'
export { explain } from './explain.ts'
export { compileGlob, toPieces } from './glob.ts'
export type { Difference } from './meaning/differences.ts'
export type { Grammar } from './meaning/normal-form.ts'
export type { Comparison } from './meaning.ts'
export { meansTheSame } from './meaning.ts'
export type { PolicyErrorCode } from './policy-error.ts'
export { PolicyError } from './policy-error.ts'
export type { Position, StatementPosition } from './positions.ts'
export { statementPositions } from './positions.ts'
export type { RowQuestion } from './read-row.ts'
export { idOfRow, readRow } from './read-row.ts'
export type { DecidingStatement, RowDecision } from './row.ts'
export { decideRow, decidingStatements } from './row.ts'
export { validateRegistryPolicy, validateRepositoryPolicy } from './validate/ecr.ts'
export type { Fault } from './validate/fault.ts'
export type { IdentityPolicyKind } from './validate/identity.ts'
export { validateIdentityPolicy } from './validate/identity.ts'
export { inlinePoliciesFault, policyQuotas, policySize } from './validate/size.ts'
export { validateTrustPolicy } from './validate/trust.ts'
