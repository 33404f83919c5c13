import { join } from 'node:path'
import type { Report } from '../../../assertions/index.ts'
import { recordsFromNow } from '../../../cli/sandbox-records.ts'
import { brokenTwin } from '../../labs/twin.ts'
import { labsOf, openWorkshop, type WorkshopOptions } from '../../runner/engine/harness.ts'

async function reportOfARun(asked: string, options: WorkshopOptions = {}): Promise<Report> {
  const workshop = await openWorkshop(options)
  try {
    return await workshop.run([asked], { recordsOf: recordsFromNow(join(workshop.folder, 'sandbox')) })
  } finally {
    await workshop.close()
  }
}

/** The workshop's two pages, as they should be. */
export const passingRun = (): Promise<Report> => reportOfARun('repository-policies')

/** The same with an identity policy that allows too much. */
export async function failingRun(): Promise<Report> {
  const policy = { lab: 'identity-policies', file: 'policies/identity.json' }
  const { folder, remove } = await brokenTwin({ ...policy, find: 'team-a/*', put: '*' })
  try {
    return await reportOfARun('repository-policies', { labs: folder })
  } finally {
    await remove()
  }
}

/** A lab in which the account is in four states, one after the other. */
export const wideRun = (): Promise<Report> => reportOfARun('cross-account-pull')

const mixedLab = `names: { repo: mixed/repo, role: mixed_role }
steps:
  - id: repo
    create-repository: { repository-name: "{{names.repo}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: nothing-yet
    as: tester
    list-images: { repository-name: "{{names.repo}}" }
    deny: because no identity-based policy allows the ecr:ListImages action
    points: 1
  - id: wrong-reason
    as: tester
    describe-images: { repository-name: "{{names.repo}}" }
    deny: with an explicit deny in a resource-based policy
    points: 1
  - id: grant
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: read
      policy-document: { Version: 2012-10-17, Statement: [{ Sid: Read, Effect: Allow, Action: ecr:ListImages, Resource: "*" }] }
  - id: granted
    as: tester
    list-images: { repository-name: "{{names.repo}}" }
    points: 1
  - id: away
    as: tester
    get-repository-policy: { repository-name: "{{names.repo}}" }
    points: 1
  - id: no-such-role
    put-role-policy:
      role-name: mixed_none
      policy-name: read
      policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: ecr:ListImages, Resource: "*" }] }
  - id: never-reached
    as: tester
    list-images: { repository-name: "{{names.repo}}" }
`

/** Passed, failed, error and skipped in one run: a wrong reason, a call that never had an answer, a change that could not be made. */
export async function mixedRun(): Promise<Report> {
  const { folder, remove } = await labsOf({ mixed: mixedLab })
  const faults = { rules: [{ kind: 'throttle', operation: 'ecr:GetRepositoryPolicy' }] } as const
  try {
    return await reportOfARun('mixed', { labs: folder, faults })
  } finally {
    await remove()
  }
}
