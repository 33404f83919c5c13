import { expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import type { Target } from '../../../runner/aws/target.ts'
import { type GuardRules, guard } from '../../../runner/engine/guard.ts'
import { LabError } from '../../../runner/lab-error.ts'
import { allowed, denied, failed } from './answers.ts'

const account = '111122223333'
const open: GuardRules = { accounts: [account], regions: [], alias: null, environmentAccounts: [] }
const aliases = (...AccountAliases: string[]) => allowed({ AccountAliases })

interface Way {
  rules?: Partial<GuardRules>
  caller?: string
  region?: string
  answer?: Outcome
}

/** Guards a target; the calls that were sent. */
async function guarded({ rules = {}, caller = 'user/admin', region = 'us-west-2', answer }: Way): Promise<string[]> {
  const calls: string[] = []
  const target = {
    place: { partition: 'aws', account, region },
    identities: new Map(),
    caller: {
      arn: `arn:aws:iam::${account}:${caller}`,
      call: async (operation: string) => {
        calls.push(operation)
        if (!answer) throw new Error(`nobody expected ${operation}`)
        return answer
      },
    },
  } as unknown as Target
  await guard(target, { ...open, ...rules })
  return calls
}

test.each<[string, Way, RegExp, RegExp]>([
  [
    'nobody has allowed an account',
    { rules: { accounts: [] } },
    /no account is allowed.*111122223333/,
    /accounts: \["111122223333"\].*LAB_AWS_ACCOUNTS=111122223333/,
  ],
  [
    'another account',
    { rules: { accounts: ['444455556666'] } },
    /111122223333 is not allowed.*444455556666/,
    /labs\.yaml/,
  ],
  [
    'another account of the environment',
    { rules: { accounts: [], environmentAccounts: ['444455556666'] } },
    /is not allowed; allowed: 444455556666/,
    /credentials/,
  ],
  ['a part of the account id', { rules: { accounts: ['1111'] } }, /is not allowed/, /labs\.yaml/],
  ['a star is no account', { rules: { accounts: ['*'] } }, /is not allowed/, /labs\.yaml/],
  ['another region', { rules: { regions: ['us-west-2'] }, region: 'eu-west-1' }, /region eu-west-1/, /--region/],
  ['the root user', { caller: 'root' }, /root user/, /role or a user/],
  [
    'another alias',
    { rules: { alias: '*sandbox*' }, answer: aliases('production') },
    /`production`.*`\*sandbox\*`/,
    /alias/,
  ],
  ['no alias', { rules: { alias: 'x' }, answer: aliases() }, /no alias/, /alias/],
  [
    'an alias that only begins so',
    { rules: { alias: 'sandbox' }, answer: aliases('sandbox-2') },
    /`sandbox-2`/,
    /alias/,
  ],
  ['an alias of other letters', { rules: { alias: 'SANDBOX*' }, answer: aliases('sandbox') }, /`sandbox`/, /alias/],
  ['an alias whose ends overlap', { rules: { alias: 'aba*aba' }, answer: aliases('ababa') }, /`ababa`/, /alias/],
  [
    'an alias that may not be read',
    { rules: { alias: 'x' }, answer: denied() },
    /cannot be read/,
    /ListAccountAliases/,
  ],
  [
    'an alias that cannot be read',
    { rules: { alias: 'x' }, answer: failed('throttled', 'Throttling') },
    /Throttling/,
    /alias/,
  ],
])('refused: %s', async (_, way, message, hint) => {
  const error = await guarded(way).then(
    () => null,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(LabError)
  expect(error).toMatchObject({ exitCode: 5, code: 'guard' })
  expect(error.message).toMatch(message)
  expect(error.hint).toMatch(hint)
  expect(error.message).not.toMatch(/^[A-Z]|\.$/)
})

test.each<[string, Way, string[]]>([
  ['an account of labs.yaml', {}, []],
  ['an account of the environment', { rules: { accounts: [], environmentAccounts: [account] } }, []],
  ['no region named: any', { region: 'ap-southeast-2' }, []],
  ['a region of the list', { rules: { regions: ['eu-west-1', 'us-west-2'] } }, []],
  ['the alias itself', { rules: { alias: 'sandbox' }, answer: aliases('sandbox') }, ['iam:ListAccountAliases']],
  ['a pattern', { rules: { alias: '*-sand*-1' }, answer: aliases('our-sandbox-1') }, ['iam:ListAccountAliases']],
  ['any alias', { rules: { alias: '*' }, answer: aliases('x') }, ['iam:ListAccountAliases']],
  ['a role', { caller: 'assumed-role/root/session' }, []],
])('passes: %s; nothing but a read is sent', async (_, way, calls) => expect(await guarded(way)).toEqual(calls))
