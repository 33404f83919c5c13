import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, labsOf, openWorkshop, stepOf, stepsOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

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

  test.each([
    ['', ''],
    [', its status expected', '\n    allow: { exit: 3 }'],
  ])('a program that is not on this machine%s: nothing was judged, exit 3, in verify as well', async (_, allow) => {
    const { folder, remove } = await labsOf({
      program: `steps:\n  - id: gone\n    command: { run: [no-such-program-here], read-only: true }${allow}\n    points: 2\n`,
    })
    const own = await openWorkshop({ labs: folder, beside: workshop })
    try {
      for (const report of [await own.run(['program']), await own.verify(['program'])]) {
        expect(report.exitCode).toBe(3)
        expect(stepOf(report, 'gone')).toMatchObject({ status: 'error', points: null, actual: { code: 'ENOENT' } })
      }
    } finally {
      await own.close()
      await remove()
    }
  })
})
