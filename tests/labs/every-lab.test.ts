import { expect, test } from 'vitest'
import type { Report } from '../../assertions/index.ts'
import { openTarget } from '../../runner/index.ts'
import { notPassed, openWorkshop, type Workshop, type WorkshopOptions } from '../runner/engine/harness.ts'

const inWorkshop = async (options: WorkshopOptions, use: (workshop: Workshop) => Promise<void>) => {
  const workshop = await openWorkshop(options)
  try {
    await use(workshop)
  } finally {
    await workshop.close()
  }
}

/** What is in an account, the admin and the accounts' own things aside. */
async function thingsIn({ sandbox }: Workshop, account: number): Promise<string[]> {
  const admin = sandbox.accounts[account]?.admin
  if (!admin) throw new Error('there is no such account')
  const place = { name: 'sandbox', region: sandbox.region, endpoint: sandbox.endpoint } as const
  const target = await openTarget({ ...place, caller: admin, identities: {}, environment: {} })
  const lists = [
    ['iam:ListRoles', 'Roles', 'RoleName'],
    ['iam:ListUsers', 'Users', 'UserName'],
    ['iam:ListPolicies', 'Policies', 'PolicyName'],
    ['ecr:DescribeRepositories', 'repositories', 'repositoryName'],
  ] as const
  const found = await Promise.all(
    lists.map(async ([operation, list, name]) => {
      const outcome = await target.caller.call(operation, operation === 'iam:ListPolicies' ? { Scope: 'Local' } : {})
      if (outcome.outcome !== 'allowed') throw new Error(outcome.message)
      return (outcome.output as Record<string, Record<string, string>[]>)[list]?.map(each => each[name] ?? '') ?? []
    }),
  )
  target.close()
  return found.flat().filter(name => name !== 'admin')
}

const unfinished = (report: Report) => report.labs.filter(lab => lab.points !== lab.maxPoints).map(lab => lab.id)
const graded = (report: Report) => report.labs.filter(lab => lab.maxPoints > 0)

test('all labs run, are verified with full points, and are torn down to nothing', () =>
  inWorkshop({}, async workshop => {
    const { labs } = workshop.catalogue
    const run = await workshop.run(labs)
    expect(notPassed(run)).toEqual([])
    expect(run.exitCode).toBe(0)
    const verified = await workshop.verify(labs)
    expect(unfinished(verified)).toEqual([])
    expect(verified.exitCode).toBe(0)
    expect(await thingsIn(workshop, 1)).not.toEqual([])
    expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
    expect([await thingsIn(workshop, 0), await thingsIn(workshop, 1)]).toEqual([[], []])
  }))

test('each lab verified alone, after all were run, has full points: none leans on another that it does not need', () =>
  inWorkshop({}, async workshop => {
    await workshop.run(workshop.catalogue.labs)
    for (const lab of workshop.catalogue.labs)
      expect([lab, unfinished(await workshop.verify([lab]))]).toEqual([lab, []])
  }))

test('run --all --teardown in one go leaves nothing', () =>
  inWorkshop({}, async workshop => {
    const report = await workshop.run(workshop.catalogue.labs, { teardown: true })
    expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
    expect([await thingsIn(workshop, 0), await thingsIn(workshop, 1)]).toEqual([[], []])
  }))

test('twice at once with --isolate, in one account: neither meets the other', () =>
  inWorkshop({}, async workshop => {
    const other = await openWorkshop({ beside: workshop })
    try {
      const { labs } = workshop.catalogue
      const options = { isolate: true, teardown: true }
      const reports = await Promise.all([workshop.run(labs, options), other.run(labs, options)])
      for (const report of reports) {
        expect(notPassed(report)).toEqual([])
        expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
      }
      expect([await thingsIn(workshop, 0), await thingsIn(workshop, 1)]).toEqual([[], []])
    } finally {
      await other.close()
    }
  }))

test('as on AWS: every outcome is polled until it has settled', () =>
  inWorkshop({ eventual: true }, async workshop => {
    const { catalogue } = workshop
    const timings = { within: 20_000, stays: 50 }
    const report = await workshop.run(catalogue.labs, { catalogue: { ...catalogue, timings }, parallel: 12 })
    expect(notPassed(report)).toEqual([])
    expect(report.exitCode).toBe(0)
    const probes = graded(report).flatMap(lab => lab.steps.filter(step => step.kind === 'list-images'))
    expect(probes.every(step => step.attempts >= 3)).toBe(true)
  }))

test.each(['off', 'deny'] as const)('no lab passes with authorization %s', authorization =>
  inWorkshop({ authorization }, async workshop => {
    const report = await workshop.run(workshop.catalogue.labs)
    expect(graded(report).length).toBe(workshop.catalogue.labs.length - 1)
    expect(graded(report).filter(lab => lab.status === 'passed')).toEqual([])
    expect(report.exitCode).toBe(1)
  }),
)

test('without the identity partner its lab is skipped, with the reason, and never passed; alone, nothing was judged, and that is no success', () =>
  inWorkshop({ alone: true }, async workshop => {
    const needsPartner = ['cross-account-pull']
    const runs = [
      [await workshop.run(workshop.catalogue.labs), 0],
      [await workshop.run(needsPartner), 3],
      [await workshop.verify(needsPartner), 3],
    ] as const
    for (const [report, code] of runs) {
      const [lab] = report.labs.filter(each => needsPartner.includes(each.id))
      expect(lab).toMatchObject({ status: 'skipped', points: null })
      expect(new Set(lab?.steps.map(step => step.hint))).toEqual(
        new Set(['needs the identity `partner`, which is not configured: `identities` in labs.yaml names its profile']),
      )
      expect(report.exitCode).toBe(code)
    }
    expect(workshop.events.filter(({ type }) => type === 'note').map(event => 'text' in event && event.text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^nothing was judged: cross-account-pull needs the identity/)]),
    )
  }))
