import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, labsOf, notPassed, openWorkshop, stepOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const role = 'ecr_access_teama_role'
const notes = (of = workshop) => of.events.flatMap(event => (event.type === 'note' ? [event.text] : []))
const undone = (of = workshop) => of.events.flatMap(event => (event.type === 'undo' ? [event.lab] : []))
const all = ['Roles ecr_access_teama_role', 'Policies ecr_access_testing']
const repositories = ['Repositories team-a/alpine', 'Repositories team-b/alpine']

describe('run again', () => {
  test('a lab asked for is replaced, dependents first; what it needs is taken over', async () => {
    await workshop.run(['repository-policies'])
    workshop.events.length = 0
    const report = await workshop.run(['identity-policies'])
    expect(notPassed(report)).toEqual([])
    expect([...new Set(undone())]).toEqual(['repository-policies', 'identity-policies'])
    expect(notes().join('\n')).toMatch(/ecr-repositories: taken over from run/)
    expect(notes().join('\n')).toMatch(/replacing what an earlier run left of repository-policies, identity-policies/)
    expect(await accountOf(workshop)).toEqual([...all, ...repositories])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('what was taken over belongs to the run that made it', async () => {
    await workshop.run(['identity-policies'])
    const second = await workshop.run(['repository-policies'], { teardown: true })
    expect(second).toMatchObject({ exitCode: 0, leftovers: [] })
    expect(await accountOf(workshop)).toEqual([...all, ...repositories])
    expect(notPassed(await workshop.verify(['identity-policies']))).toEqual([])
  })

  test.each<[string, (() => Promise<unknown>)[], RegExp]>([
    [
      'a role’s trust was changed since',
      [
        () =>
          workshop.call('iam:UpdateAssumeRolePolicy', {
            RoleName: role,
            PolicyDocument: JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole' }],
            }),
          }),
      ],
      /`role`: it was changed since \(AssumeRolePolicyDocument/,
    ],
    [
      'the policy was detached since',
      [
        () =>
          workshop.call('iam:DetachRolePolicy', {
            RoleName: role,
            PolicyArn: 'arn:aws:iam::111122223333:policy/ecr_access_testing',
          }),
      ],
      /`attach`: it was changed since/,
    ],
    [
      'a repository is gone',
      [() => workshop.call('ecr:DeleteRepository', { repositoryName: 'team-b/alpine', force: true })],
      /`repository-b`: it is gone/,
    ],
    [
      'a repository is another one',
      [
        () => workshop.call('ecr:DeleteRepository', { repositoryName: 'team-b/alpine', force: true }),
        () => workshop.call('ecr:CreateRepository', { repositoryName: 'team-b/alpine' }),
        () => workshop.call('ecr:DeleteRepository', { repositoryName: 'team-b/alpine' }),
      ],
      /`repository-b`: it is gone/,
    ],
  ])('a needed lab that is not whole is made anew: %s', async (_, changes, why) => {
    await workshop.run(['identity-policies'])
    for (const change of changes) expect(await change()).toMatchObject({ outcome: 'allowed' })
    const report = await workshop.run(['repository-policies'])
    expect(notPassed(report)).toEqual([])
    expect(notes().join('\n')).toMatch(why)
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('a foreign thing in the place of ours is neither taken over nor replaced', async () => {
    await workshop.run(['ecr-repositories'])
    await workshop.call('ecr:DeleteRepository', { repositoryName: 'team-b/alpine', force: true })
    await workshop.call('ecr:CreateRepository', { repositoryName: 'team-b/alpine' })
    const report = await workshop.run(['identity-policies'])
    expect(notes().join('\n')).toMatch(/`repository-b`: there is another one of its name/)
    expect(stepOf(report, 'repository-b')).toMatchObject({
      status: 'failed',
      actual: { code: 'RepositoryAlreadyExistsException' },
    })
    expect(report.exitCode).toBe(1)
    await workshop.teardown()
    expect(await accountOf(workshop)).toEqual(['Repositories team-b/alpine'])
  })

  test('after a run that was stopped half-way', async () => {
    await workshop.run(['identity-policies'], { until: 'attach' })
    const report = await workshop.run(['repository-policies'])
    expect(notPassed(report)).toEqual([])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })

  test('two at once in one folder: the second waits and then replaces', async () => {
    const [first, second] = await Promise.all([workshop.run(['ecr-repositories']), workshop.run(['ecr-repositories'])])
    expect([...notPassed(first), ...notPassed(second)]).toEqual([])
    expect(notes().join('\n')).toMatch(/another run \(process \d+\) is under way in this folder/)
  })
})

test('a needed lab’s answers are there for the lab above, also when it is taken over', async () => {
  const { folder, remove } = await labsOf({
    base: `
names: { repo: answers }
steps:
  - id: who
    get-caller-identity: {}
  - id: repository
    create-repository: { repository-name: "{{names.repo}}" }
  - id: seen
    describe-images: { repository-name: "{{names.repo}}" }
    allow: {}
`,
    above: `
needs: [base]
steps:
  - id: same
    get-caller-identity: {}
    allow: { Arn: "{{steps.who.Arn}}" }
  - id: uri
    get-caller-identity: {}
    allow: { Account: "{{steps.repository.repository.registryId}}" }
`,
  })
  const own = await openWorkshop({ labs: folder, beside: workshop })
  try {
    for (const _ of ['made', 'taken over']) expect(notPassed(await own.run(['above']))).toEqual([])
    expect(notes(own).join('\n')).toMatch(/base: taken over/)
  } finally {
    await own.teardown()
    await own.close()
    await remove()
  }
})
