import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jsonError, meddle } from '../../faults/meddler.ts'
import { accountOf, labsOf, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const role = 'ecr_access_teama_role'
const repositories = ['Repositories team-a/alpine', 'Repositories team-b/alpine']

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

  test('a key that is listed yet after it was deleted: left, and gone the next time', async () => {
    const key = 'create-access-key: { user-name: theirs }\n    identity: them'
    const labs = await labsOf({ lab: `steps:\n  - id: key\n    ${key}\n` })
    closes.push(labs.remove)
    const own = await openWorkshop({ labs: labs.folder, beside: workshop })
    closes.push(own.close)
    await own.call('iam:CreateUser', { UserName: 'theirs' })
    await own.run(['lab'])
    const done = { outcome: 'allowed', output: {}, httpStatus: 200, requestId: null } as const
    const call: typeof own.call = async (operation, input = {}) =>
      operation === 'iam:DeleteAccessKey' ? done : own.call(operation, input)
    const open = async () => ({ ...own.target, caller: { ...own.target.caller, call }, close: () => undefined })
    expect(await own.teardown(['lab'], { open })).toMatchObject({ leftovers: [{ type: 'access key' }], exitCode: 4 })
    expect(await own.teardown(['lab'])).toMatchObject({ leftovers: [], exitCode: 0 })
    expect(await own.call('iam:ListAccessKeys', { UserName: 'theirs' })).toMatchObject({
      output: { AccessKeyMetadata: [] },
    })
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
