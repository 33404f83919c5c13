import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const mainLabs = ['ecr-repositories', 'identity-policies', 'repository-policies']

const steps = (report: Awaited<ReturnType<Workshop['run']>>) =>
  report.labs.flatMap(lab => lab.steps.map(step => `${lab.id}/${step.id} ${step.status}`))

test('the main job: run, run what needs it, verify, run again, tear down', async () => {
  const first = await workshop.run(['identity-policies'])
  expect(steps(first).filter(step => !step.endsWith('passed'))).toEqual([])
  expect(first.exitCode).toBe(0)
  const denied = first.labs[1]?.steps.find(step => step.id === 'team-b-denied')
  expect(denied?.actual?.message).toMatch(/because no identity-based policy allows the ecr:ListImages action$/)

  const second = await workshop.run(['repository-policies'])
  expect(steps(second).filter(step => !step.endsWith('passed'))).toEqual([])
  expect(second.exitCode).toBe(0)

  const verified = await workshop.verify(mainLabs)
  expect(steps(verified).filter(step => !step.endsWith('passed'))).toEqual([])
  expect(verified.labs.map(lab => [lab.id, lab.points === lab.maxPoints])).toEqual(mainLabs.map(id => [id, true]))

  const again = await workshop.run(['repository-policies'])
  expect(again.exitCode).toBe(0)
  const over = await workshop.teardown()
  expect(over).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await workshop.call('iam:ListRoles')).toMatchObject({ output: { Roles: [] } })
  expect(await workshop.call('ecr:DescribeRepositories')).toMatchObject({ output: { repositories: [] } })
})
