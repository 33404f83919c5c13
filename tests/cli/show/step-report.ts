import type { StepReport } from '../../../assertions/index.ts'

export const sentence =
  'User: arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine because no identity-based policy allows the ecr:ListImages action'

/** A passed list-images, with what a row changes of it. */
export const stepReport = (changed: Partial<StepReport> = {}): StepReport => ({
  id: 'team-a-allowed',
  kind: 'list-images',
  title: 'team-a/alpine',
  as: 'ecrTester',
  status: 'passed',
  evidence: 'observed',
  attempts: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 12,
  waitedMs: 0,
  file: 'labs/identity-policies/lab.yaml',
  line: 31,
  expected: 'allowed',
  actual: { outcome: 'allowed', code: null, message: null, httpStatus: 200, requestId: 'r-1', denial: null },
  output: { imageIds: [{ imageTag: 'v1' }] },
  access: [],
  changed: null,
  diff: [],
  hint: null,
  points: 1,
  maxPoints: 1,
  ...changed,
})

export const denied: StepReport['actual'] = {
  outcome: 'denied',
  code: 'AccessDeniedException',
  message: sentence,
  httpStatus: 400,
  requestId: 'r-2',
  denial: {
    code: 'AccessDeniedException',
    operation: 'ListImages',
    principal: 'arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing',
    action: 'ecr:ListImages',
    resource: 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine',
    decision: 'implicitDeny',
    policyType: 'identity-based',
    policyArn: null,
  },
}
