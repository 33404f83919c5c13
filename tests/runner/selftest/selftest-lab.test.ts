import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { freshAccount } from '../../../cli/grading/fresh-account.ts'
import { findCatalogue, LabError, loadLabs, stepKinds } from '../../../runner/index.ts'
import { selftestLab } from '../../../runner/selftest/selftest-lab.ts'
import { repository } from '../engine/harness.ts'

/** The lab identity-policies tried in accounts that are counted; `before` is told which one is about to be opened. */
async function counted(before: (number: number) => void, signal = new AbortController().signal) {
  const catalogue = await findCatalogue(repository)
  const labs = await loadLabs(catalogue, ['identity-policies'], stepKinds)
  const accounts = { opened: 0, closed: 0 }
  let asked = 0
  const tried = selftestLab(
    {
      ...{ catalogue, labs, workingFolder: repository, env: {}, version: '0.0.0', signal, overrides: {}, parallel: 2 },
      async open() {
        before(++asked)
        const account = await freshAccount(tmpdir(), 'us-west-2')
        accounts.opened += 1
        return {
          ...account,
          async close() {
            await account.close()
            accounts.closed += 1
          },
        }
      },
    },
    labs.find(({ id }) => id === 'identity-policies') ?? expect.fail('there is no such lab'),
  )
  return { tried, accounts }
}

test('an account for the lab untouched, for the lab done, and for each change; none is left', async () => {
  const { tried, accounts } = await counted(() => {})
  const { passed, changes, statements } = await tried
  expect({ passed, changes }).toEqual({ passed: true, changes: 4 })
  expect(statements.map(({ line, changes: own }) => [line, own.map(({ noticedBy }) => noticedBy)])).toEqual([
    [4, ['session', 'session']],
    [4, ['team-a-allowed', 'team-a-allowed']],
  ])
  expect(accounts).toEqual({ opened: 6, closed: 6 })
})

test('an account that cannot be had ends it all, and those that are open are closed first', async () => {
  const { tried, accounts } = await counted(number => {
    if (number === 4) throw new LabError(3, 'environment', 'no more accounts')
  })
  await expect(tried).rejects.toThrow('no more accounts')
  expect(accounts.opened).toBeLessThan(6)
  expect(accounts.closed).toBe(accounts.opened)
})

test('interrupted, it says nothing of the lab', async () => {
  const controller = new AbortController()
  const { tried, accounts } = await counted(number => {
    if (number === 4) controller.abort()
  }, controller.signal)
  await expect(tried).rejects.toThrow()
  expect(accounts.closed).toBe(accounts.opened)
})
