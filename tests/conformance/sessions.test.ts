import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, document, trustOf, type World, worldOn } from './errors/world.ts'
import { refusalOf } from './sandbox-for-tests.ts'
import { conformanceTarget } from './target.ts'

let world: World
/** May assume roles, and read them. */
let strong: { RoleName: string; Arn: string }
let plain: { RoleName: string; Arn: string }
beforeAll(async () => {
  world = worldOn(await conformanceTarget(), { later: 0 })
  strong = await world.role()
  plain = await world.role({ Tags: [{ Key: 'team', Value: 'a' }] })
  const PolicyDocument = document(allow(['iam:GetRole', 'iam:DeleteRole', 'sts:*']))
  await world.iam('PutRolePolicy', { RoleName: strong.RoleName, PolicyName: 'own', PolicyDocument })
})
afterAll(() => world.close(), 600_000)

const reads = async (RoleArn: string, more: object = {}) => world.as(await world.session(RoleArn, more))

describe('a role session', () => {
  test('is the role, by its name and session, and may what the role may', async () => {
    const by = await reads(strong.Arn)
    expect(await by.sts('GetCallerIdentity')).toMatchObject({
      Account: world.accountId,
      Arn: `arn:aws:sts::${world.accountId}:assumed-role/${strong.RoleName}/tester`,
    })
    const { Role } = await world.settled(() => by.iam('GetRole', { RoleName: plain.RoleName }))
    expect(Role.RoleName).toBe(plain.RoleName)
  })

  test('ends when it was asked to', async () => {
    const asked = { RoleArn: plain.Arn, RoleSessionName: 'tester', DurationSeconds: 900 }
    const { Credentials } = await world.settled(() => world.sts('AssumeRole', asked))
    const left = Credentials.Expiration.getTime() - Date.now()
    expect(left).toBeGreaterThan(600_000)
    expect(left).toBeLessThan(1_200_000)
  })

  test('is narrowed by a session policy, inline or managed', async () => {
    const Policy = document(allow('iam:GetRole'))
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }]
    for (const limits of [{ Policy }, { PolicyArns }]) {
      const by = await reads(strong.Arn, limits)
      await world.settled(() => by.iam('GetRole', { RoleName: plain.RoleName }))
      const [code, status] = await refusalOf(by.iam('DeleteRole', { RoleName: plain.RoleName }))
      expect([code, status]).toEqual(['AccessDenied', 403])
    }
  })

  test('takes its source identity and its transitive tags along when it assumes the next role', async () => {
    const by = await reads(strong.Arn, {
      SourceIdentity: 'Alice',
      Tags: [{ Key: 'team', Value: 'a' }],
      TransitiveTagKeys: ['team'],
    })
    const next = { RoleArn: plain.Arn, RoleSessionName: 'next' }
    expect((await world.settled(() => by.sts('AssumeRole', next))).SourceIdentity).toBe('Alice')
    expect((await refusalOf(by.sts('AssumeRole', { ...next, DurationSeconds: 3601 })))[0]).toBe('ValidationError')
    const otherTag = { ...next, Tags: [{ Key: 'team', Value: 'b' }] }
    expect((await refusalOf(by.sts('AssumeRole', otherTag)))[0]).toBe('InvalidParameterValue')
  })

  test('of a role with an external id is given for that id only', async () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'secret-word' } }
    const AssumeRolePolicyDocument = trustOf(world.accountId, { Condition })
    const { Arn: RoleArn } = await world.role({ AssumeRolePolicyDocument })
    const asked = { RoleArn, RoleSessionName: 'tester' }
    const ExternalId = 'secret-word'
    expect((await world.settled(() => world.sts('AssumeRole', { ...asked, ExternalId }))).Credentials).toBeDefined()
    for (const more of [{}, { ExternalId: 'guess' }])
      expect((await refusalOf(world.sts('AssumeRole', { ...asked, ...more })))[0]).toBe('AccessDenied')
  })

  test('dies with its role', async () => {
    const { RoleName, Arn } = await world.role()
    const by = await reads(Arn)
    await by.sts('GetCallerIdentity')
    await world.iam('DeleteRole', { RoleName })
    await world.settled(async () => {
      expect((await refusalOf(by.sts('GetCallerIdentity')))[0]).toBe('InvalidClientTokenId')
    })
  })
})
