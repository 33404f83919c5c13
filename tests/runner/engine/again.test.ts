import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jsonError, meddle } from '../../faults/meddler.ts'
import { accountOf, labsOf, notPassed, openWorkshop, stepOf, stepsOf, type Workshop } from './harness.ts'

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

describe('--until', () => {
  test.each([
    ['policy', ['role passed', 'policy passed'], 'attach skipped'],
    ['identity-policies/policy', ['role passed', 'policy passed'], 'attach skipped'],
    ['ecr-repositories/repository-a', ['repository-a passed'], 'repository-b skipped'],
  ])('%s', async (until, passed, next) => {
    const report = await workshop.run(['identity-policies'], { until })
    const steps = stepsOf(report).map(step => step.split('/')[1])
    expect(steps).toEqual(expect.arrayContaining([...passed, next]))
    expect(report.exitCode).toBe(0)
  })

  test('a step of a lab that is taken over', async () => {
    await workshop.run(['ecr-repositories'])
    const report = await workshop.run(['identity-policies'], { until: 'ecr-repositories/repository-a' })
    expect(stepOf(report, 'role').status).toBe('skipped')
    expect(await accountOf(workshop)).toEqual(repositories)
  })

  test.each(['nosuch', 'ecr-repositories/nosuch', 'repository-a'])(
    '%s is a usage error, before anything',
    async until => {
      await expect(workshop.run(['identity-policies'], { until })).rejects.toMatchObject({ exitCode: 2 })
      expect(await accountOf(workshop)).toEqual([])
    },
  )
})

test('a question answered with no: nothing is done, no run is left', async () => {
  const asked: number[] = []
  const confirm = async (things: number) => {
    asked.push(things)
    return false
  }
  await expect(workshop.run(['identity-policies'], { confirm })).rejects.toMatchObject({ exitCode: 2 })
  expect(asked).toEqual([4])
  expect(await accountOf(workshop)).toEqual([])
})

describe('an interrupt', () => {
  /** Aborts when a step begins. */
  const abortAt = (of: Workshop, step: string) => {
    const abort = new AbortController()
    const emit = (event: Workshop['events'][number]) => {
      of.events.push(event)
      if (event.type === 'step' && event.step === step) abort.abort()
    }
    return { signal: abort.signal, emit }
  }

  test.each([true, false])('ends the run after the step under way, --teardown %s', async teardown => {
    const report = await workshop.run(['repository-policies'], { teardown, ...abortAt(workshop, 'policy') })
    expect(report.exitCode).toBe(130)
    expect(stepsOf(report)).toEqual(
      expect.arrayContaining([
        'identity-policies/policy passed',
        'identity-policies/attach skipped',
        'repository-policies/team-a-policy skipped',
      ]),
    )
    expect(report.leftovers.length > 0).toBe(!teardown)
    expect(await accountOf(workshop)).toEqual(teardown ? [] : [...all, ...repositories])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await accountOf(workshop)).toEqual([])
  })
})

test('--isolate: names of its own, beside a run without it, each taken back by itself', async () => {
  await workshop.run(['repository-policies'])
  const [one, two] = await Promise.all([
    workshop.run(['repository-policies'], { isolate: true, teardown: true }),
    workshop.run(['repository-policies'], { isolate: true }),
  ])
  for (const report of [one, two]) expect(notPassed(report)).toEqual([])
  const suffix = `-${two.runId}`
  expect((await accountOf(workshop)).sort()).toEqual(
    [...all, ...repositories, ...[...all, ...repositories].map(name => `${name}${suffix}`)].sort(),
  )
  expect(notPassed(await workshop.verify(['repository-policies']))).toEqual([])
  await workshop.teardown(undefined, { select: { labs: null, run: two.runId } })
  expect((await accountOf(workshop)).sort()).toEqual([...all, ...repositories].sort())
})

describe('what cannot be taken back', () => {
  const refusing = (operation: string, answer: ReturnType<typeof jsonError>) => {
    let on = true
    const through = async (endpoint: string) => {
      const meddler = await meddle(endpoint, seen => (on && seen === operation ? answer : null))
      closes.push(meddler.close)
      return meddler.endpoint
    }
    return { through, end: () => (on = false) }
  }
  const closes: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closes.splice(0)) await close()
  })
  const xmlDenied = {
    status: 403,
    type: 'text/xml',
    body: '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/admin is not authorized to perform: iam:DeleteRole</Message></Error><RequestId>r</RequestId></ErrorResponse>',
  }

  test.each([
    ['DeleteRole', xmlDenied, [`role ${role}`]],
    [
      'ecr:DeleteRepository',
      jsonError('ServerException', 'Internal failure', 500),
      ['repository team-b/alpine', 'repository team-a/alpine'],
    ],
  ])('%s refused: exit 4, listed, and gone the next time', async (operation, answer, leftovers) => {
    const { through, end } = refusing(operation, answer)
    const refused = await openWorkshop({ through })
    try {
      const report = await refused.run(['identity-policies'], { teardown: true })
      expect(report.exitCode).toBe(4)
      expect(report.leftovers.map(({ type, name }) => `${type} ${name}`)).toEqual(leftovers)
      const again = await refused.teardown()
      expect(again).toMatchObject({ exitCode: 4, removed: 0 })
      expect(again.leftovers).toEqual(report.leftovers)
      end()
      expect(await refused.teardown()).toMatchObject({ exitCode: 0, leftovers: [], removed: leftovers.length })
      expect(await accountOf(refused)).toEqual([])
    } finally {
      await refused.close()
    }
  })

  test('credentials of another account: exit 5, and nothing of that account is touched', async () => {
    await workshop.run(['ecr-repositories'])
    const open = async () => ({
      ...workshop.target,
      close: () => undefined,
      place: { ...workshop.target.place, account: '444455556666' },
    })
    const result = await workshop.teardown(undefined, { open })
    expect(result.exitCode).toBe(5)
    expect(result.leftovers).toHaveLength(4)
    expect(await accountOf(workshop)).toEqual(repositories)
  })
})

describe('steps that fail', () => {
  const labs = {
    base: `
names: { role: base-role }
steps:
  - id: who
    get-caller-identity: {}
  - id: role
    create-role: { role-name: "{{names.role}}", assume-role-policy-document: "not a policy" }
    points: 1
  - id: after
    get-caller-identity: {}
    allow: {}
    points: 2
`,
    above: `
needs: [base]
steps:
  - id: top
    get-caller-identity: {}
`,
    aside: `
steps:
  - id: wrong
    get-caller-identity: {}
    allow: { Account: "000000000000" }
  - id: right
    get-caller-identity: {}
`,
  }

  test.each([
    [
      false,
      [
        'base/who passed',
        'base/role failed',
        'base/after skipped',
        'above/top skipped',
        'aside/wrong failed',
        'aside/right passed',
      ],
    ],
    [
      true,
      [
        'base/who passed',
        'base/role failed',
        'base/after skipped',
        'above/top skipped',
        'aside/wrong skipped',
        'aside/right skipped',
      ],
    ],
  ])(
    'a creating step stops its lab and those that need it, a probe stops nothing; --fail-fast %s',
    async (failFast, steps) => {
      const { folder, remove } = await labsOf(labs)
      const own = await openWorkshop({ labs: folder, beside: workshop })
      try {
        const report = await own.run(['above', 'base', 'aside'], { failFast })
        expect(stepsOf(report)).toEqual(steps)
        expect(stepOf(report, 'after').points).toBe(0)
        expect(report.exitCode).toBe(1)
        expect(await own.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
      } finally {
        await own.close()
        await remove()
      }
    },
  )

  test('an answer that a later step needs and that did not come fails that step, not the run', async () => {
    const { folder, remove } = await labsOf({
      one: `
names: { repo: nosuch }
steps:
  - id: images
    describe-images: { repository-name: "{{names.repo}}" }
  - id: uses
    list-images: { repository-name: "{{steps.images.imageDetails.0.repositoryName}}" }
  - id: denied
    describe-images: { repository-name: "{{names.repo}}" }
    error: { code: RepositoryNotFoundException }
  - id: never
    list-images: { repository-name: "{{steps.denied.imageDetails.0.repositoryName}}" }
  - id: other
    get-caller-identity: {}
`,
    })
    const own = await openWorkshop({ labs: folder, beside: workshop })
    try {
      const report = await own.run(['one'])
      expect(stepsOf(report)).toEqual([
        'one/images failed',
        'one/uses skipped',
        'one/denied passed',
        'one/never error',
        'one/other passed',
      ])
      expect(stepOf(report, 'uses').hint).toMatch(/steps\.images/)
      expect(report.exitCode).toBe(1)
    } finally {
      await own.close()
      await remove()
    }
  })

  test('a group runs together, and all of it is reported', async () => {
    const { folder, remove } = await labsOf({
      group: `
names: { a: group-a, b: group-b, c: group-c }
steps:
  - parallel:
      - id: a
        create-repository: { repository-name: "{{names.a}}" }
      - id: b
        create-repository: { repository-name: "B A D" }
      - id: c
        create-repository: { repository-name: "{{names.c}}" }
  - id: last
    get-caller-identity: {}
`,
    })
    const own = await openWorkshop({ labs: folder, beside: workshop })
    try {
      const report = await own.run(['group'], { parallel: 2 })
      expect(stepsOf(report)).toEqual(['group/a passed', 'group/b failed', 'group/c passed', 'group/last skipped'])
      expect(await accountOf(own)).toEqual(['Repositories group-a', 'Repositories group-c'])
      expect(await own.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
      expect(await accountOf(own)).toEqual([])
    } finally {
      await own.close()
      await remove()
    }
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
