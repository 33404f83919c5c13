import { afterEach, expect, test } from 'vitest'
import { jsonError, type Meddler, meddle } from '../../faults/meddler.ts'
import { labsOf, notPassed, openWorkshop, stepOf, type Workshop } from './harness.ts'

let workshop: Workshop
let meddler: Meddler
let remove: () => Promise<void>
afterEach(async () => {
  await workshop.close()
  await meddler.close()
  await remove()
})

test('what was there before and could not be read is replaced, and told as left: it cannot be put back', async () => {
  const labs = await labsOf({
    setting: `
steps:
  - id: policy
    set-repository-policy:
      repository-name: shared
      policy-text: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "ecr:ListImages" }] }
`,
  })
  remove = labs.remove
  let refusing = false
  workshop = await openWorkshop({
    labs: labs.folder,
    through: async endpoint => {
      meddler = await meddle(endpoint, operation =>
        refusing && operation === 'ecr:GetRepositoryPolicy'
          ? jsonError('AccessDeniedException', 'User: x is not authorized to perform: ecr:GetRepositoryPolicy')
          : null,
      )
      return meddler.endpoint
    },
  })
  await workshop.call('ecr:CreateRepository', { repositoryName: 'shared' })
  refusing = true
  expect(notPassed(await workshop.run(['setting']))).toEqual([])
  refusing = false
  expect(await workshop.teardown()).toMatchObject({
    exitCode: 4,
    leftovers: [expect.objectContaining({ type: 'repository policy', name: 'shared' })],
  })
  expect(workshop.events).toContainEqual(
    expect.objectContaining({ type: 'undo', result: 'left', note: expect.stringContaining('could not be read') }),
  )
})

test('what was there before and AWS gives no answer on is not replaced: the step is an error, and nothing is written down', async () => {
  const labs = await labsOf({
    setting: `
steps:
  - id: policy
    within: 3s
    set-repository-policy:
      repository-name: shared
      policy-text: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "ecr:ListImages" }] }
`,
  })
  remove = labs.remove
  let throttling = false
  workshop = await openWorkshop({
    labs: labs.folder,
    eventual: true,
    through: async endpoint => {
      meddler = await meddle(endpoint, operation =>
        throttling && operation === 'ecr:GetRepositoryPolicy'
          ? jsonError('ThrottlingException', 'Rate exceeded')
          : null,
      )
      return meddler.endpoint
    },
  })
  await workshop.call('ecr:CreateRepository', { repositoryName: 'shared' })
  const theirs = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'precious', Effect: 'Deny', Principal: '*', Action: 'ecr:BatchDeleteImage' }],
  })
  await workshop.call('ecr:SetRepositoryPolicy', { repositoryName: 'shared', policyText: theirs })
  throttling = true
  const report = await workshop.run(['setting'])
  throttling = false
  expect(stepOf(report, 'policy')).toMatchObject({ status: 'error', actual: { code: 'ThrottlingException' } })
  expect(report).toMatchObject({ exitCode: 3, leftovers: [] })
  const policy = await workshop.call('ecr:GetRepositoryPolicy', { repositoryName: 'shared' })
  expect(JSON.stringify(policy)).toContain('precious')
})
