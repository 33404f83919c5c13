import { type CheckedLab, type CheckedStep, changes, isPolled } from './checked-lab.ts'

/** IAM's and ECR's changes have reached everybody after this many milliseconds as a rule; below it, an outcome is a matter of luck. */
export const usualSpread = 10_000

const partsOfAccess = ['attachment', 'inline policy', 'repository policy', 'permissions boundary', 'policy']

/** true: after it, somebody may do more or less than before. */
export const changesAccess = (each: CheckedStep): boolean =>
  changes(each) &&
  each.step.expectation.kind === 'allow' &&
  (Object.keys(each.kind.documents).length > 0 || partsOfAccess.includes(each.resource?.type ?? ''))

/** true: the step has an outcome that the lab teaches, of a call by an identity of its own. */
export const isProbe = ({ step }: CheckedStep): boolean => step.probes

/** A probe that is asked until it rests, so that what follows it finds the change everywhere. */
export const settles = (each: CheckedStep): boolean => isProbe(each) && isPolled(each)

/** true: an earlier step of the lab changed who may do what, or the lab needs one that did. */
export const comesAfterChange = ({ steps, needed }: CheckedLab, { group }: CheckedStep): boolean =>
  [...needed.flatMap(each => each.steps), ...steps.filter(each => each.group < group)].some(changesAccess)
