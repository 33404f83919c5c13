import { afterEach, expect, test } from 'vitest'
import type { FaultRule } from '../../sandbox/index.ts'
import { accountOf, labsOf, notPassed, openWorkshop, stepOf, type Workshop } from '../runner/engine/harness.ts'

/** An answer that never came, and a second one that tells of the first one's effect: neither may be taken for the answer. */
let workshop: Workshop | undefined
let remove = async () => {}
afterEach(async () => {
  await workshop?.close()
  await remove()
})

const open = async (steps: string, rule: FaultRule) => {
  const labs = await labsOf({ lab: `steps:\n${steps}` })
  remove = labs.remove
  workshop = await openWorkshop({ labs: labs.folder, faults: { rules: [rule] } })
  return workshop
}
const lost = (operation: string, after = 0): FaultRule => ({ kind: 'reset', operation, when: 'after', after, times: 1 })
const allowing = (...actions: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: actions }] })

test.each([3, 4])(
  'who locks himself out and is not told, is told when he asks again (call %i): it is done',
  async after => {
    workshop = await openWorkshop({ faults: { rules: [lost('ecr:SetRepositoryPolicy', after)] } })
    expect(notPassed(await workshop.run(['lockout']))).toEqual([])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  },
)

const trust = `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }] }`
const role = `create-role: { role-name: tester, assume-role-policy-document: ${trust} }`

test('an error expected that only the lost call itself brought about is none', async () => {
  const { run, teardown } = await open(
    `  - id: again\n    ${role}\n    error: { code: EntityAlreadyExists }`,
    lost('iam:CreateRole'),
  )
  expect(stepOf(await run(['lab']), 'again')).toMatchObject({ status: 'failed', actual: { outcome: 'allowed' } })
  expect(await teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('an error expected of what was there before is one', async () => {
  const { run, teardown } = await open(
    `  - id: first\n    ${role}\n  - id: again\n    ${role}\n    error: { code: EntityAlreadyExists }`,
    lost('iam:CreateRole', 1),
  )
  expect(notPassed(await run(['lab']))).toEqual([])
  expect(await teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('changed twice, and the answer to putting the second back lost: it is put back as it was before the first', async () => {
  const set = (id: string, action: string) =>
    `  - id: ${id}\n    set-repository-policy: { repository-name: theirs, policy-text: '${allowing(action)}' }\n`
  const sets = `${set('first', 'ecr:ListImages')}${set('second', 'ecr:DescribeImages')}`
  const { run, teardown, call } = await open(sets, {
    kind: 'server-error',
    operation: 'ecr:SetRepositoryPolicy',
    after: 3,
    times: 1,
  })
  const theirs = allowing('ecr:BatchGetImage')
  await call('ecr:CreateRepository', { repositoryName: 'theirs' })
  await call('ecr:SetRepositoryPolicy', { repositoryName: 'theirs', policyText: theirs })
  expect(notPassed(await run(['lab']))).toEqual([])
  expect(await teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  const now = await call('ecr:GetRepositoryPolicy', { repositoryName: 'theirs' })
  expect(JSON.parse((now as { output: { policyText: string } }).output.policyText)).toEqual(JSON.parse(theirs))
})

const deleting = (tag: string, code: string) => `  - id: repository
    create-repository: { repository-name: shelf }
  - id: image
    push-image: { repository-name: shelf, image-tag: v1 }
  - id: gone
    call: { service: ecr, operation: BatchDeleteImage, input: { repositoryName: shelf, imageIds: [{ imageTag: ${tag} }] } }
    allow: { failures: [{ failureCode: ${code} }] }
`

test.each(['before', 'after'] as const)(
  'images that were never there are deleted again when the answer was lost %s it took effect',
  async when => {
    const { run, teardown } = await open(deleting('none', 'ImageNotFound'), { ...lost('ecr:BatchDeleteImage'), when })
    expect(notPassed(await run(['lab']))).toEqual([])
    expect(await teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  },
)

test('an image that was there, and that the lost call deleted, is not said to have been missing', async () => {
  const { run, teardown } = await open(deleting('v1', 'ImageNotFound'), lost('ecr:BatchDeleteImage'))
  expect(stepOf(await run(['lab']), 'gone').status).toBe('error')
  expect(await teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})
