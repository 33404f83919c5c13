import * as z from 'zod'
import { meansTheSame, validateIdentityPolicy } from '../../policy/index.ts'
import { iamArn } from '../aws/arns.ts'
import { at, hasCode, stringAt } from './answers.ts'
import { cliLine } from './cli-line.ts'
import { document, tagList, tags, text } from './fields.ts'
import { foreseenFault } from './foreseen-fault.ts'
import {
  boundaryOf,
  clearManagedPolicy,
  findManagedPolicy,
  type ManagedPolicyState,
  ownsManagedPolicy,
  readManagedPolicy,
} from './managed-policy-state.ts'
import { given, singleCall } from './single-call.ts'
import { type AwsPlace, defineStep, type Verification } from './step-kind.ts'
import { sweepOf } from './sweep.ts'
import { writes } from './touch.ts'

export const createPolicy = defineStep({
  kind: 'create-policy',
  summary: 'Create a customer managed policy; undone by detaching it everywhere and deleting it',
  example: { 'policy-name': 'ecr_access_testing', 'policy-document': { file: 'policies/identity.json' } },
  effect: 'changes',
  operation: 'iam:CreatePolicy',
  documents: { 'policy-document': 'managed' },
  schema: z.strictObject({
    'policy-name': text('Name of the policy'),
    'policy-document': document('The policy'),
    path: text('Path of the policy; default: `created.path` of labs.yaml').optional(),
    description: text('Description').optional(),
    tags: tags.optional(),
  }),
  sweep: sweepOf({
    list: 'iam:ListPolicies',
    input: { Scope: 'Local' },
    member: 'Policies',
    tags: {
      operation: 'iam:ListPolicyTags',
      input: policy => ({ PolicyArn: stringAt(policy, 'Arn') }),
      member: 'Tags',
    },
    createdAt: policy => at(policy, 'CreateDate'),
    describe: policy => {
      const name = stringAt(policy, 'PolicyName') ?? ''
      return {
        fields: { 'policy-name': name, 'policy-document': '{}', path: stringAt(policy, 'Path') ?? '/' },
        resource: { type: 'policy', name, arn: stringAt(policy, 'Arn'), part: false },
      }
    },
  }),
  touches: fields => writes('policy', fields['policy-name']),
  prepare: fields => {
    const name = fields['policy-name']
    const input = given({
      PolicyName: name,
      PolicyDocument: fields['policy-document'],
      Path: fields.path,
      Description: fields.description,
    })
    const arnOf = (place: AwsPlace, path = '/') => iamArn(place, 'policy', fields.path ?? path, name)
    const compared = (found: ManagedPolicyState): Verification => {
      if (found.state !== 'present') return found
      const meant = meansTheSame(fields['policy-document'], found.document, 'identity')
      const seen = { output: { Policy: found.policy }, uniqueId: found.policyId, tags: found.tags }
      if (meant.same) return { state: 'present', ...seen }
      const differences = meant.differences.map(({ path, ...sides }) => ({
        field: `PolicyDocument ${path}`,
        ...sides,
      }))
      return { state: 'differs', differences, ...seen }
    }
    return {
      ...singleCall({ operation: 'iam:CreatePolicy', input, title: name, on: place => arnOf(place) }),
      actions: ['iam:CreatePolicy', 'iam:TagPolicy'],
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: arnOf(place) }))
        return {
          run: on('iam:CreatePolicy', 'iam:TagPolicy', 'iam:GetPolicy', 'iam:GetPolicyVersion'),
          verify: [
            ...on('iam:GetPolicy', 'iam:GetPolicyVersion'),
            ...(fields.path === undefined ? readsElsewhere(iamArn(place, 'policy', '/*/', name)) : []),
          ],
          undo: [
            ...on('iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListEntitiesForPolicy', 'iam:ListPolicyVersions'),
            ...on('iam:DeletePolicy'),
          ],
          spare: [
            ...on('iam:DeletePolicyVersion'),
            { action: 'iam:DetachRolePolicy', resource: '*' },
            { action: 'iam:DetachUserPolicy', resource: '*' },
            { action: 'iam:DetachGroupPolicy', resource: '*' },
          ],
        }
      },
      commands: () => [cliLine('iam:CreatePolicy', fields.tags ? { ...input, Tags: tagList(fields.tags) } : input)],
      resource: (place, created) => ({ type: 'policy', name, arn: arnOf(place, created?.path), part: false }),
      run: async ({ aws, created }) => {
        const outcome = await aws.call('iam:CreatePolicy', {
          Path: created.path,
          ...input,
          Tags: tagList({ ...created.tags, ...fields.tags }),
        })
        const policy = outcome.outcome === 'allowed' ? (outcome.output as { Policy?: unknown }).Policy : null
        return { outcome, remember: { uniqueId: stringAt(policy, 'PolicyId'), arn: stringAt(policy, 'Arn') } }
      },
      refused: async () => foreseenFault(validateIdentityPolicy(fields['policy-document'], 'managed')),
      verify: async ({ admin, place, created }) => compared(await readManagedPolicy(admin, arnOf(place, created.path))),
      // A path that the lab does not name is for whoever makes the policy to choose.
      ...(fields.path === undefined && {
        elsewhere: async ({ admin }) => compared(await findManagedPolicy(admin, name)),
      }),
      undo: async ({ admin, place, created }, record) => {
        const arn = stringAt(record.remember, 'arn') ?? record.resource.arn ?? arnOf(place, created.path)
        const found = await readManagedPolicy(admin, arn)
        if (found.state === 'absent') return { result: 'gone' }
        if (found.state === 'unread') return { result: 'left', outcome: found.outcome }
        if (!ownsManagedPolicy(found, record))
          return { result: 'foreign', note: `policy \`${name}\` is not the one this run created (${found.policyId})` }
        const obstacle = await clearManagedPolicy(admin, arn)
        if (obstacle) return { result: 'left', outcome: obstacle }
        const outcome = await admin.call('iam:DeletePolicy', { PolicyArn: arn })
        if (outcome.outcome !== 'allowed' && !hasCode(outcome, 'NoSuchEntity')) {
          const note = hasCode(outcome, 'DeleteConflict') ? await boundaryOf(admin, arn) : null
          return { result: 'left', outcome, ...(note && { note }) }
        }
        const after = await readManagedPolicy(admin, arn)
        return after.state === 'absent' ? { result: 'gone' } : { result: 'left', outcome }
      },
    }
  },
})

const readsElsewhere = (resource: string) => [
  { action: 'iam:ListPolicies', resource: '*' },
  ...['iam:GetPolicy', 'iam:GetPolicyVersion'].map(action => ({ action, resource })),
]
