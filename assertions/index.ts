export type { DenyFields, Difference, Expectation, StepFacts, Verdict } from './expectation.ts'
export type { Allowed, Denial, Denied, Failed, FailureCause, Outcome, PolicyType } from './outcome.ts'
export { policyTypes } from './outcome.ts'
export type { LabReport, Leftover, Report, StepReport, StepStatus } from './report.ts'
