import { afterEach, beforeEach, expect, test } from 'vitest'
import { guard, openTarget } from '../../../runner/index.ts'
import { notPassed, openWorkshop, stepOf, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const lab = 'cross-account-pull'
const partner = '444455556666'

/** The run's account alone, as where the partner's profile is gone. */
const openAlone = async () => {
  const { sandbox } = workshop
  const [own] = sandbox.accounts
  if (!own) throw new Error('the sandbox has an account')
  const place = { name: 'sandbox', region: sandbox.region, endpoint: sandbox.endpoint } as const
  return openTarget({ ...place, caller: own.admin, identities: {}, environment: {} })
}

test('what a lab made in a partner’s account is taken back there, and left with the reason where nobody can', async () => {
  expect(notPassed(await workshop.run([lab]))).toEqual([])
  const opened: (readonly string[])[] = []
  const open = (_: unknown, others: readonly string[]) => {
    opened.push(others)
    return openAlone()
  }
  const first = await workshop.teardown(undefined, { open })
  expect(opened).toEqual([[partner]])
  expect(first.exitCode).toBe(4)
  expect(first.leftovers.filter(({ type }) => type === 'role').map(({ arn }) => arn?.split(':')[4])).toEqual([
    ...[partner, partner],
  ])
  expect(workshop.events).toContainEqual(
    expect.objectContaining({ type: 'undo', note: `it is in account ${partner}, and no identity of labs.yaml is` }),
  )
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('a second run of the lab takes over nothing of the first, and replaces what it left in both accounts', async () => {
  await workshop.run([lab])
  const again = await workshop.run([lab])
  expect(notPassed(again)).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
})

test('the identities’ own words: a step as the partner acts in the partner’s account', async () => {
  const report = await workshop.run([lab])
  expect(stepOf(report, 'both-allow').actual?.outcome).toBe('allowed')
  expect(stepOf(report, 'only-repository-allows').actual?.denial).toMatchObject({
    principal: `arn:aws:sts::${partner}:assumed-role/ecr_cross_stranger/cross`,
    resource: 'arn:aws:ecr:us-west-2:111122223333:repository/cross/shared',
  })
})

test('an identity’s account must be allowed as the caller’s must', async () => {
  const rules = { accounts: ['111122223333'], regions: [], alias: null, environmentAccounts: [] }
  await expect(guard(workshop.target, rules)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringMatching(/account 444455556666 of the identity `partner` is not allowed/),
  })
  await guard(workshop.target, { ...rules, environmentAccounts: [partner] })
})
