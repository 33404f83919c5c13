import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseDenial } from '../../assertions/index.ts'
import type { Senders } from './errors/senders.ts'
import { allow, document, trustOf, type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { conformanceTarget } from './target.ts'

let world: World
let repositoryName: string
let closed: string
let vault: string
beforeAll(async () => {
  world = worldOn(await conformanceTarget(), { later: 0 })
  ;[repositoryName, closed] = [world.name(), world.name()]
  for (const name of [repositoryName, closed]) await world.ecr('CreateRepository', { repositoryName: name })
  const policyText = document({ Sid: 'x', Effect: 'Deny', Principal: '*', Action: 'ecr:ListImages' })
  await world.ecr('SetRepositoryPolicy', { repositoryName: closed, policyText })
  vault = (await world.role({ AssumeRolePolicyDocument: trustOf(await onlyRole()) })).Arn
}, 120_000)
afterAll(() => world.close(), 600_000)

/** Somebody who is none of the callers below. */
const onlyRole = async () => (await world.role()).Arn

const all = allow('*')
const deny = { ...all, Effect: 'Deny', Action: 'ecr:ListImages' }
const managed = async (...statements: object[]): Promise<string> =>
  (await world.iam('CreatePolicy', { PolicyName: world.name(), PolicyDocument: document(...statements) })).Policy.Arn
const caller = async (...statements: object[]) => {
  const user = await world.user(...statements)
  return { ...user, by: world.as(user.credentials) }
}
const bounded = async (boundary: object[]) => {
  const user = await caller(all)
  const PermissionsBoundary = await managed(...boundary)
  await world.iam('PutUserPermissionsBoundary', { UserName: user.UserName, PermissionsBoundary })
  return user.by
}
const session = async (...statements: object[]) => {
  const { RoleName, Arn } = await world.role()
  await world.iam('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: document(all) })
  return world.as(await world.session(Arn, { Policy: document(...statements) }))
}
const lists = (by: Senders, name = repositoryName) => by.ecr('ListImages', { repositoryName: name })

/** Why a call was refused, as AWS's sentence must say where it gives a reason at all. */
interface Row {
  refused: string
  call: () => Promise<() => Promise<unknown>>
  decision: 'implicitDeny' | 'explicitDeny'
  policyType: string
}

const row = (refused: string, by: () => Promise<Senders>, name?: () => string): Row => {
  const [policyType = '', decision] = refused.split(', ')
  return {
    refused,
    call: async () => {
      const who = await by()
      return () => lists(who, name?.())
    },
    decision: decision === 'explicit' ? 'explicitDeny' : 'implicitDeny',
    policyType,
  }
}

const other = allow('ecr:DescribeImages')

describe('a call that is refused says why', () => {
  test.each<Row>([
    row('identity-based, implicit', async () => (await caller(other)).by),
    row('identity-based, explicit', async () => (await caller(all, deny)).by),
    row(
      'resource-based, explicit',
      async () => (await caller(all)).by,
      () => closed,
    ),
    row('permissions boundary, implicit', () => bounded([other])),
    row('permissions boundary, explicit', () => bounded([all, deny])),
    row('session policy, implicit', () => session(other)),
    row('session policy, explicit', () => session(all, deny)),
    {
      refused: 'role trust policy, implicit',
      call: async () => {
        const { by } = await caller(other)
        return () => by.sts('AssumeRole', { RoleArn: vault, RoleSessionName: 'tester' })
      },
      decision: 'implicitDeny',
      policyType: 'role trust policy',
    },
  ])(
    '$refused',
    async ({ call, decision, policyType }) => {
      const send = await call()
      // A policy that AWS does not enforce yet lets the call pass, or refuses it for another reason.
      await world.settled(async () => {
        const error = await send().then(
          () => null,
          refusal => refusal,
        )
        expect(error, 'the call was allowed').not.toBeNull()
        const isTrust = policyType === 'role trust policy'
        const [code, status] = isTrust ? ['AccessDenied', 403] : ['AccessDeniedException', 400]
        expect([error.Code ?? error.name, error.$metadata?.httpStatusCode]).toEqual([code, status])
        const read = parseDenial(`${error.name}: ${error.message}`)
        const reason = isTrust ? { decision: null, policyType: null } : { decision, policyType }
        if (!onAws) expect(read).toMatchObject(reason)
        // AWS may give no reason; it never gives a wrong one.
        expect([reason.decision, null]).toContain(read.decision)
        expect([reason.policyType, null]).toContain(read.policyType)
      })
    },
    180_000,
  )
})
