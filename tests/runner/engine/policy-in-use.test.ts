import { afterEach, beforeEach, expect, test } from 'vitest'
import { accountOf, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
  await workshop.run(['identity-policies'])
})
afterEach(() => workshop.close())

const PolicyArn = 'arn:aws:iam::111122223333:policy/ecr_access_testing'

async function did(operation: string, input: Record<string, unknown>): Promise<void> {
  const outcome = await workshop.call(operation, input)
  if (outcome.outcome !== 'allowed') throw new Error(`${operation}: ${outcome.message}`)
}

test('a policy of ours that a whole class attached to themselves, more than IAM lists at once, goes', async () => {
  const users = Array.from({ length: 101 }, (_, index) => `student-${index}`)
  await Promise.all(users.map(UserName => did('iam:CreateUser', { UserName })))
  await Promise.all(users.map(UserName => did('iam:AttachUserPolicy', { UserName, PolicyArn })))
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(await accountOf(workshop)).toHaveLength(users.length)
})

test('a policy of ours that others chose as their permissions boundary stays, and whose boundary it is is said', async () => {
  await did('iam:CreateUser', { UserName: 'ann', PermissionsBoundary: PolicyArn })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [{ name: 'ecr_access_testing' }], exitCode: 4 })
  expect(workshop.events).toContainEqual(
    expect.objectContaining({
      result: 'left',
      note: expect.stringMatching(/^it is the permissions boundary of user `ann`: give that another, .*--orphans/),
    }),
  )
  expect((await accountOf(workshop)).sort()).toEqual(['Policies ecr_access_testing', 'Users ann'])
  await did('iam:DeleteUserPermissionsBoundary', { UserName: 'ann' })
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})
