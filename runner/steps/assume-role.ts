import * as z from 'zod'
import type { ContextValue } from '../../policy/index.ts'
import { nameOfArn } from '../aws/arns.ts'
import { at, stringAt } from './answers.ts'
import { document, int, text } from './fields.ts'
import { trustRefuses } from './role-trust.ts'
import { given, singleCall } from './single-call.ts'
import { type Credentials, type Done, defineStep } from './step-kind.ts'
import { reads, readsPolicy } from './touch.ts'

export const assumeRole = defineStep({
  kind: 'assume-role',
  summary: 'Assume a role; `identity:` gives the session a name for later steps',
  example: { 'role-arn': '{{steps.role.Role.Arn}}', 'role-session-name': 'ECR-Access-Testing' },
  effect: 'session',
  operation: 'sts:AssumeRole',
  documents: { policy: 'session' },
  schema: z.strictObject({
    'role-arn': text('ARN of the role'),
    'role-session-name': text('Name of the session; it shows in denials'),
    'duration-seconds': int('How long the session lasts', 900).optional(),
    policy: document('Session policy: the session has at most what it allows').optional(),
    'policy-arns': z.array(text('ARN of a managed policy')).optional().describe('Managed session policies'),
    'external-id': text('What the trust policy asks for in sts:ExternalId').optional(),
    'source-identity': text('Source identity of the session').optional(),
    tags: z.record(z.string(), z.string()).optional().describe('Session tags'),
  }),
  touches: fields => [
    ...reads('role', nameOfArn(fields['role-arn'])),
    ...readsPolicy(...(fields['policy-arns'] ?? [])),
  ],
  prepare: fields => {
    const call = singleCall({
      operation: 'sts:AssumeRole',
      input: {
        RoleArn: fields['role-arn'],
        RoleSessionName: fields['role-session-name'],
        DurationSeconds: fields['duration-seconds'],
        Policy: fields.policy,
        PolicyArns: fields['policy-arns']?.map(arn => ({ arn })),
        ExternalId: fields['external-id'],
        SourceIdentity: fields['source-identity'],
        Tags: fields.tags && Object.entries(fields.tags).map(([Key, Value]) => ({ Key, Value })),
      },
      title: nameOfArn(fields['role-arn']),
      on: () => fields['role-arn'],
    })
    const checks = [
      { action: 'sts:AssumeRole', resource: fields['role-arn'] },
      ...(fields.tags ? [{ action: 'sts:TagSession', resource: fields['role-arn'] }] : []),
      ...(fields['source-identity'] ? [{ action: 'sts:SetSourceIdentity', resource: fields['role-arn'] }] : []),
    ]
    const limits = { policy: fields.policy ?? null, policyArns: fields['policy-arns'] ?? [], tags: fields.tags }
    const brings = given({
      'sts:RoleSessionName': fields['role-session-name'],
      'sts:ExternalId': fields['external-id'],
      'sts:SourceIdentity': fields['source-identity'],
      'aws:TagKeys': fields.tags && Object.keys(fields.tags),
      ...Object.fromEntries(Object.entries(fields.tags ?? {}).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    }) as Record<string, ContextValue>
    return {
      ...call,
      limits,
      brings,
      requests: () => checks,
      actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      permissions: () => ({ run: checks, verify: checks, undo: [] }),
      foreseenIdentity: ({ partition }) => {
        const session = `${nameOfArn(fields['role-arn'])}/${fields['role-session-name']}`
        return {
          member: 'Credentials',
          arn: `arn:${partition}:sts::${fields['role-arn'].split(':')[4]}:assumed-role/${session}`,
        }
      },
      ownDoing: ({ admin, place }) => trustRefuses(admin, place, fields['role-arn'], brings),
      run: async (context): Promise<Done> => {
        const { outcome } = await call.run(context)
        if (outcome.outcome !== 'allowed') return { outcome }
        const { output } = outcome
        return {
          outcome,
          identity: {
            arn: stringAt(output, 'AssumedRoleUser', 'Arn') ?? '',
            session: limits,
            credentials: credentialsIn(output),
            renew: async () => {
              const again = (await call.run(context)).outcome
              return again.outcome === 'allowed' ? credentialsIn(again.output) : null
            },
          },
        }
      },
    }
  },
})

function credentialsIn(output: unknown): Credentials {
  const expiration = at(output, 'Credentials', 'Expiration')
  return {
    accessKeyId: stringAt(output, 'Credentials', 'AccessKeyId') ?? '',
    secretAccessKey: stringAt(output, 'Credentials', 'SecretAccessKey') ?? '',
    sessionToken: stringAt(output, 'Credentials', 'SessionToken') ?? undefined,
    expiration: expiration instanceof Date ? expiration.getTime() : undefined,
  }
}
