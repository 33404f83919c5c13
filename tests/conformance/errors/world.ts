import type { ClientConfig, Target } from '../target.ts'
import { cleanUp, type Made } from './cleanup.ts'
import { type ByName, type Senders, type Sent, sendersOf } from './senders.ts'

export type Credentials = NonNullable<ClientConfig['credentials']>

/** The stage of every scene: the target's administrator, and what he makes. All names are new. */
export interface World extends Senders {
  target: Target
  accountId: string
  region: string
  name(): string
  as(credentials: Credentials): Senders
  with(config: object, changeBody?: (body: string) => string): Senders
  arn(kind: 'role' | 'user' | 'policy' | 'group', name: string): string
  role(more?: object): Promise<{ RoleName: string; Arn: string }>
  /** A user with a key that is known. */
  user(
    ...statements: object[]
  ): Promise<{ UserName: string; Arn: string; AccessKeyId: string; credentials: Credentials }>
  session(RoleArn: string, more?: object, by?: Senders): Promise<Credentials>
  /** Notes what another program made, to be taken back. */
  made: Sent
  /** Asks again where an eventual target does not know yet what was made. */
  settled<T>(call: () => Promise<T>): Promise<T>
  /** Sets the sandbox's clock and the clients' on by so many milliseconds from now on; 0: the real time. */
  later(milliseconds: number): void
  close(): Promise<void>
}

export const document = (...Statement: unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
export const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource })
export const trustOf = (accountId: string, more: object = {}): string =>
  document({
    Effect: 'Allow',
    Principal: { AWS: accountId },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    ...more,
  })

export const worldOn = (target: Target, clock: { later: number }): World => {
  const { accountId, region, config } = target
  const things: Made[] = []
  const sent: Sent = (service, operation, input, output) => things.push({ service, operation, input, output })
  const admin = sendersOf(config, sent)
  const prefix = `conf-${Date.now().toString(36)}`
  let count = 0
  const name = (): string => {
    count += 1
    return `${prefix}-${count}`
  }
  const as = (credentials: Credentials): Senders => sendersOf({ ...config, credentials })

  /** A new key or role is not known everywhere at once on AWS; the sandbox answers at the first try. */
  const settled = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let left = 30; target.sandbox === null && left > 0; left -= 1) {
      try {
        return await call()
      } catch {
        await new Promise(resolve => setTimeout(resolve, 2000))
      }
    }
    return call()
  }

  const session: World['session'] = async (RoleArn, more = {}, by = admin) => {
    const answer = await settled(() => by.sts('AssumeRole', { RoleArn, RoleSessionName: 'tester', ...more }))
    return credentialsIn(answer.Credentials)
  }
  return {
    ...admin,
    target,
    accountId,
    region,
    name,
    as,
    with: (more, changeBody) => sendersOf({ ...config, ...more }, sent, changeBody),
    arn: (kind, of) => `arn:aws:iam::${accountId}:${kind}/${of}`,
    async role(more = {}) {
      const input = { RoleName: name(), AssumeRolePolicyDocument: trustOf(accountId), ...more }
      const { Role } = await admin.iam('CreateRole', input)
      return { RoleName: Role.RoleName, Arn: Role.Arn }
    },
    async user(...statements) {
      const UserName = name()
      const { User } = await admin.iam('CreateUser', { UserName })
      if (statements.length > 0) {
        await admin.iam('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: document(...statements) })
      }
      const { AccessKey } = await admin.iam('CreateAccessKey', { UserName })
      const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
      await settled(() => as(credentials).sts('GetCallerIdentity'))
      return { UserName, Arn: User.Arn, AccessKeyId: AccessKey.AccessKeyId, credentials }
    },
    session,
    made: sent,
    settled,
    later(milliseconds) {
      clock.later = milliseconds
    },
    async close() {
      if (target.sandbox === null) await cleanUp(admin, things)
      await target.close()
    },
  }
}

export const credentialsIn = (issued: ByName): Credentials => ({
  accessKeyId: issued.AccessKeyId,
  secretAccessKey: issued.SecretAccessKey,
  sessionToken: issued.SessionToken,
})
