import { afterEach, expect, test } from 'vitest'
import type { FaultOptions } from '../../sandbox/index.ts'
import { notPassed, openWorkshop, stepOf, type Workshop } from '../runner/engine/harness.ts'

let workshop: Workshop | undefined
afterEach(() => workshop?.close())

/** AWS is not there for a service: a step that gets no answer is not judged, and nobody has failed. */
test.each<[string, FaultOptions['rules'][number], string, string]>([
  ['creates fail at AWS’s side', { kind: 'unavailable', operation: 'iam:Create*' }, 'role', 'ServiceUnavailable'],
  ['connections break', { kind: 'reset', operation: 'iam:Create*' }, 'role', 'ECONNRESET'],
  [
    'reads are throttled for good',
    { kind: 'throttle', operation: 'ecr:ListImages' },
    'team-b-denied',
    'ThrottlingException',
  ],
])('%s: exit 3, not a failed expectation', async (_, rule, step, code) => {
  workshop = await openWorkshop({ faults: { rules: [rule] } })
  const report = await workshop.run(['identity-policies'])
  expect(report.exitCode).toBe(3)
  expect(stepOf(report, step)).toMatchObject({ status: 'error', points: null, actual: { code } })
  expect(notPassed(report).filter(each => each.endsWith(' failed'))).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

/** What was made and never answered for is found by reading. */
test.each([
  'iam:CreateRole',
  'iam:CreatePolicy',
  'iam:AttachRolePolicy',
  'ecr:CreateRepository',
  'ecr:PutImage',
  'ecr:CompleteLayerUpload',
  'sts:AssumeRole',
])('the first answer to %s is lost after it took effect: the run passes', async operation => {
  workshop = await openWorkshop({ faults: { rules: [{ kind: 'reset', operation, when: 'after', times: 1 }] } })
  const report = await workshop.run(['identity-policies'])
  expect(notPassed(report), JSON.stringify(report.labs)).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test.each([
  ['', []],
  [', although the answer to that is lost as well', [{ kind: 'reset', operation: 'iam:DeleteAccessKey', times: 2 }]],
] as const)('a key whose secret never came is deleted, and another made%s', async (_, further) => {
  const rules: FaultOptions['rules'] = [
    { kind: 'reset', operation: 'iam:CreateAccessKey', when: 'after', times: 1 },
    ...further,
  ]
  workshop = await openWorkshop({ faults: { rules } })
  const report = await workshop.run(['ci-cd-repository-policy'])
  expect(notPassed(report)).toEqual([])
  const keys = await workshop.call('iam:ListAccessKeys', { UserName: 'fcj-ecr-ci-cd-user' })
  expect(keys).toMatchObject({ output: { AccessKeyMetadata: [{}] } })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test.each(['iam:DeleteRole', 'iam:DeletePolicy', 'ecr:DeleteRepository', 'iam:DetachRolePolicy'])(
  'teardown: the answer to %s is lost, and it is read whether it is gone',
  async operation => {
    const rules: FaultOptions['rules'] = [
      { kind: 'reset', operation, when: 'after', times: 1 },
      { kind: 'server-error', operation, times: 1 },
    ]
    workshop = await openWorkshop({ faults: { rules } })
    await workshop.run(['identity-policies'])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  },
)

test('teardown: a thing is tried as long as what stands in its way', async () => {
  const rules: FaultOptions['rules'] = [{ kind: 'server-error', operation: 'iam:DeleteRole*', times: 9 }]
  workshop = await openWorkshop({ faults: { rules } })
  await workshop.run(['permissions-boundary'])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('a lost answer to what AWS refuses for its name: nothing was made, and nothing is left', async () => {
  const rules: FaultOptions['rules'] = [{ kind: 'server-error', operation: 'ecr:CreateRepository', after: 2, times: 1 }]
  workshop = await openWorkshop({ faults: { rules } })
  const report = await workshop.run(['describe-repository'])
  expect(stepOf(report, 'upper-case-name')).toMatchObject({ status: 'passed' })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('a call whose answers are all lost is no leftover once the repository it was about is gone', async () => {
  workshop = await openWorkshop({ faults: { rules: [{ kind: 'reset', operation: 'ecr:TagResource' }] } })
  const report = await workshop.run(['tag-based-access'])
  expect(stepOf(report, 'retag-denied')).toMatchObject({ status: 'error', points: null })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  const told = workshop.events.flatMap(event =>
    event.type === 'undo' && event.resource.type === 'call' ? [event] : [],
  )
  expect(told).toMatchObject([{ result: 'gone', note: 'gone with its repository' }])
})
