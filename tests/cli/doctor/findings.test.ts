import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Outcome } from '../../../assertions/index.ts'
import { clock, expiry, identities, orphans } from '../../../cli/doctor/account.ts'
import { folderLock } from '../../../cli/doctor/folder.ts'
import { permissions } from '../../../cli/doctor/permissions.ts'
import { quotas } from '../../../cli/doctor/quotas.ts'
import { plannedSteps } from '../../../runner/engine/planned-steps.ts'
import { findCatalogue, loadLabs, openTarget, planLabs, stepKinds, type Target } from '../../../runner/index.ts'
import { openWorkshop, repository, type Workshop } from '../../runner/engine/harness.ts'
import { temporaryFolder } from '../world-for-tests.ts'

let workshop: Workshop | undefined
afterEach(async () => {
  await workshop?.close()
  workshop = undefined
})

const minute = 60_000
const asked = ['identity-policies']
const catalogue = await findCatalogue(repository)
const labs = await loadLabs(catalogue, asked, stepKinds, {})
const steps = plannedSteps({
  ...{ catalogue, labs, asked, overrides: {}, env: {} },
  ...{ account: '111122223333', target: 'aws', region: 'us-west-2' },
})

/** A caller to whom AWS says this, whatever is asked. */
const told = (output: unknown, more: Partial<Target['caller']> = {}) =>
  ({
    caller: {
      arn: 'arn:aws:iam::111122223333:user/ann',
      call: async (): Promise<Outcome> => ({ outcome: 'allowed', output, httpStatus: 200, requestId: 'r' }),
      ...more,
    },
  }) as unknown as Target

test.each([
  ['ok', undefined, 'user/ann'],
  ['ok', 61 * minute, ' yet'],
  ['warning', 5 * minute, 'they expire in'],
  ['warning', -minute, 'they expire in 0'],
])('credentials: %s when they end in %s ms', async (status, left, says) => {
  const expiration = left === undefined ? undefined : Date.now() + left
  const finding = await expiry(
    told({}, { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', expiration }) }),
  )
  expect(finding).toMatchObject({ check: 'credentials', status, says: expect.stringContaining(says) })
})

test.each([
  ['ok', 0, 'agrees'],
  ['warning', 2 * minute, 'behind'],
  ['warning', -2 * minute, 'ahead of'],
  ['problem', 10 * minute, 'signatures are refused'],
  ['unknown', null, 'no answer that tells the time'],
])('clock: %s when the endpoint is %s ms ahead', async (status, ahead, says) => {
  const server = createServer((_, response) => {
    response.sendDate = false
    if (ahead !== null) response.setHeader('date', new Date(Date.now() + ahead).toUTCString())
    response.end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const target = { endpoint, place: { region: 'us-west-2' } } as Target
  try {
    const finding = await clock(target, new AbortController().signal)
    expect(finding).toMatchObject({ check: 'clock', status, says: expect.stringContaining(says) })
  } finally {
    server.close()
  }
})

const summary = (roles: number) => ({
  SummaryMap: { Roles: roles, RolesQuota: 1000, Policies: 1, PoliciesQuota: 1500 },
})

test.each([
  ['ok', told(summary(10)), 'there is room'],
  ['warning', told(summary(950)), '950 of 1000 roles are used, the labs make 1 more'],
  ['problem', told(summary(1000)), '1000 of 1000 roles'],
  [
    'unknown',
    told(null, {
      call: async () => ({
        outcome: 'failed',
        cause: 'request',
        code: 'No',
        message: '',
        httpStatus: 400,
        requestId: '',
      }),
    }),
    'cannot be read: No',
  ],
] as const)('quotas: %s', async (status, target, says) => {
  expect(await quotas(target, steps)).toMatchObject([{ check: 'quotas', status, says: expect.stringContaining(says) }])
})

const simulating = (...Action: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iam:SimulatePrincipalPolicy', ...Action], Resource: '*' }],
  })

test.each([
  ['may do all of it', simulating('iam:*', 'ecr:*', 'sts:*'), 'ok', 'has the'],
  ['lacks some', simulating('ecr:*', 'sts:*'), 'problem', 'user/ann may not iam:'],
  ['may not ask', simulating().replace('SimulatePrincipalPolicy', 'GetUser'), 'unknown', 'was not to be asked'],
])('permissions: a caller who %s', async (_, PolicyDocument, status, says) => {
  workshop = await openWorkshop()
  const { call, sandbox } = workshop
  await call('iam:CreateUser', { UserName: 'ann' })
  await call('iam:PutUserPolicy', { UserName: 'ann', PolicyName: 'p', PolicyDocument })
  const made = await call('iam:CreateAccessKey', { UserName: 'ann' })
  const { AccessKey } = (made as { output: { AccessKey: { AccessKeyId: string; SecretAccessKey: string } } }).output
  const ann = await openTarget({
    ...{ name: 'aws', region: 'us-west-2', endpoint: sandbox.endpoint, identities: {}, environment: {} },
    caller: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey },
  })
  try {
    const found = (await permissions(ann, steps)).filter(({ check }) => check === 'permissions')
    expect(found).toMatchObject([{ status, says: expect.stringContaining(says) }])
  } finally {
    ann.close()
  }
})

test('identities: a lab whose partner is not configured here is told', async () => {
  workshop = await openWorkshop({ alone: true })
  const crossing = await loadLabs(catalogue, ['cross-account-pull'], stepKinds, {})
  const planned = planLabs(crossing, { asked: ['cross-account-pull'], overrides: {}, suffix: '' })
  expect(identities(workshop.target, planned)).toMatchObject([
    { check: 'identities', status: 'warning', says: expect.stringContaining('partner') },
  ])
  expect(
    identities({ ...workshop.target, identities: new Map([['partner', workshop.target.caller]]) }, planned),
  ).toEqual([])
})

/** Everything three days older. */
const aged = (value: unknown): unknown => {
  if (value instanceof Date) return new Date(value.getTime() - 3 * 24 * 60 * minute)
  if (Array.isArray(value)) return value.map(aged)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, aged(each)]))
}

test('orphans: an account that could not be searched is not said to hold none', async () => {
  workshop = await openWorkshop()
  const refused: Outcome = {
    ...{
      outcome: 'failed',
      cause: 'request',
      code: 'AccessDenied',
      message: 'not authorized to perform: iam:ListRoles',
    },
    ...{ httpStatus: 403, requestId: null },
  }
  const identities = new Map(
    [...workshop.target.identities].map(([name, aws]) => [name, { ...aws, call: async () => refused }]),
  )
  const finding = await orphans({ ...workshop.engine, target: { ...workshop.target, identities } })
  expect(finding).toMatchObject({
    status: 'unknown',
    says: expect.stringMatching(/^account 444455556666 cannot be searched/),
  })
})

test('orphans: what carries our tags, is older than a day and in no journal here', async () => {
  workshop = await openWorkshop()
  const { target, engine } = workshop
  const caller: Target['caller'] = {
    ...target.caller,
    call: async (operation, input) => {
      const outcome = await target.caller.call(operation, input)
      return outcome.outcome === 'allowed' ? { ...outcome, output: aged(outcome.output) } : outcome
    },
  }
  const looking = { ...engine, target: { ...target, caller }, labFolder: join(workshop.folder, 'elsewhere') }
  expect(await orphans(looking)).toMatchObject({ status: 'ok' })
  await workshop.run(['ecr-repositories'])
  expect(await orphans(looking)).toMatchObject({ status: 'warning', says: expect.stringContaining('2 repositories') })
})

test.each([
  ['this process', { pid: process.pid, id: 'a' }, 'runs labs in this folder'],
  ['a process of another machine', { pid: 1, host: 'elsewhere', id: 'b' }, 'of elsewhere holds this folder'],
])('lock: held by %s', async (_, holder, says) => {
  const labFolder = join(temporaryFolder(), '.lab')
  mkdirSync(labFolder)
  const { hostname } = await import('node:os')
  writeFileSync(join(labFolder, 'lock.json'), JSON.stringify({ host: hostname(), ...holder }))
  expect(await folderLock(labFolder)).toMatchObject({ status: 'warning', says: expect.stringContaining(says) })
})
