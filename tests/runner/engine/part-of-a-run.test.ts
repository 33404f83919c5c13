import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, notPassed, openWorkshop, stepOf, stepsOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const all = ['Roles ecr_access_teama_role', 'Policies ecr_access_testing']
const repositories = ['Repositories team-a/alpine', 'Repositories team-b/alpine']

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

  test.each([true, false])('ends the step under way, and the run with it, --teardown %s', async teardown => {
    const report = await workshop.run(['repository-policies'], { teardown, ...abortAt(workshop, 'policy') })
    expect(report.exitCode).toBe(130)
    expect(stepsOf(report)).toEqual(
      expect.arrayContaining([
        'identity-policies/policy error',
        'identity-policies/attach skipped',
        'repository-policies/team-a-policy skipped',
      ]),
    )
    expect(report.leftovers.length > 0).toBe(!teardown)
    expect(await accountOf(workshop)).toEqual(teardown ? [] : ['Roles ecr_access_teama_role', ...repositories])
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
