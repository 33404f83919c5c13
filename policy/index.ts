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
