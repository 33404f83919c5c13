import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

test('a lab that nobody has begun earns nothing, and is graded', async () => {
  const report = await workshop.verify(['identity-policies'])
  expect(report.labs.map(({ id, points, maxPoints }) => ({ id, points, maxPoints }))).toEqual([
    { id: 'ecr-repositories', points: 0, maxPoints: 0 },
    { id: 'identity-policies', points: 0, maxPoints: 4 },
  ])
  const lab = report.labs[1]
  expect(lab?.steps.map(({ id, status, points }) => [id, status, points])).toEqual([
    ['role', 'failed', 0],
    ['policy', 'failed', 0],
    ['attach', 'skipped', 0],
    ['session', 'skipped', 0],
    ['profile', 'skipped', null],
    ['team-a-allowed', 'skipped', 0],
    ['team-b-denied', 'skipped', 0],
  ])
  expect(report.exitCode).toBe(1)
})

test('what was done earns its points, what was undone does not', async () => {
  await workshop.run(['identity-policies'])
  await workshop.call('iam:DetachRolePolicy', {
    RoleName: 'ecr_access_teama_role',
    PolicyArn: 'arn:aws:iam::111122223333:policy/ecr_access_testing',
  })
  const report = await workshop.verify(['identity-policies'])
  expect(report.labs[1]).toMatchObject({ points: 3, maxPoints: 4 })
  expect(report.labs[1]?.steps.filter(step => step.status === 'failed').map(step => step.id)).toEqual([
    'attach',
    'team-a-allowed',
  ])
})
