import * as z from 'zod'
import { meansTheSame, validateRepositoryPolicy } from '../../policy/index.ts'
import { repositoryArn } from '../aws/arns.ts'
import { hasCode, stringAt } from './answers.ts'
import { document, flag, text } from './fields.ts'
import { foreseenFault } from './foreseen-fault.ts'
import { missingPrincipal, readsOfPrincipals } from './missing-principal.ts'
import { policyBefore, restorePolicy, samePolicy } from './repository-policy.ts'
import { singleCall } from './single-call.ts'
import { defineStep } from './step-kind.ts'
import { readsNamed, writes } from './touch.ts'

/** ECR's one text for every fault of a repository policy, a principal not yet known among them (facts: eventual consistency). */
const notYetKnown = /Invalid repository policy provided/

/** Whoever sets a policy must be able to set another one after it, unless told `force`. The code is the service model's, the words are not recorded. */
const lockOut = {
  code: 'InvalidParameterException',
  status: 400,
  message: 'The policy would prevent the caller from setting a new policy',
}

export const setRepositoryPolicy = defineStep({
  kind: 'set-repository-policy',
  summary: "Set a repository's policy; undone by putting back what was there",
  example: { 'repository-name': 'team-a/alpine', 'policy-text': { file: 'policies/repository.json' } },
  effect: 'changes',
  operation: 'ecr:SetRepositoryPolicy',
  documents: { 'policy-text': 'repository' },
  schema: z.strictObject({
    'repository-name': text('Name of the repository'),
    'policy-text': document('The repository policy'),
    force: flag('Set it even if it locks the caller out').optional(),
  }),
  touches: fields => [...writes('repository', fields['repository-name']), ...readsNamed(fields['policy-text'])],
  prepare: fields => {
    const name = fields['repository-name']
    const policyText = fields['policy-text']
    return {
      ...singleCall({
        operation: 'ecr:SetRepositoryPolicy',
        input: { repositoryName: name, policyText, force: fields.force },
        title: name,
        on: place => repositoryArn(place, name),
      }),
      permissions: place => {
        const on = (...actions: string[]) => actions.map(action => ({ action, resource: repositoryArn(place, name) }))
        return {
          run: on('ecr:SetRepositoryPolicy', 'ecr:GetRepositoryPolicy', 'ecr:DescribeRepositories'),
          verify: [...on('ecr:GetRepositoryPolicy'), ...readsOfPrincipals(place, policyText)],
          undo: on(
            'ecr:DescribeRepositories',
            'ecr:GetRepositoryPolicy',
            'ecr:SetRepositoryPolicy',
            'ecr:DeleteRepositoryPolicy',
          ),
        }
      },
      resource: place => ({ type: 'repository policy', name, arn: repositoryArn(place, name), part: true }),
      before: ({ admin }) => policyBefore(admin, name),
      refused: async ({ admin, place }, decide) => {
        const missing = validateRepositoryPolicy(policyText) ?? (await missingPrincipal(admin, place, policyText))
        if (missing && 'unread' in missing) return missing.unread
        const fault = foreseenFault(missing && 'fault' in missing ? missing.fault : missing)
        if (fault || fields.force === true) return fault
        const after = await decide('ecr:SetRepositoryPolicy', repositoryArn(place, name), policyText)
        return after.outcome === 'allowed' ? null : foreseenFault(lockOut)
      },
      verify: async ({ admin }) => {
        const outcome = await admin.call('ecr:GetRepositoryPolicy', { repositoryName: name })
        if (hasCode(outcome, 'RepositoryPolicyNotFound', 'RepositoryNotFound')) return { state: 'absent', outcome }
        if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
        const compared = meansTheSame(policyText, stringAt(outcome.output, 'policyText') ?? '', 'repository')
        return compared.same
          ? { state: 'present', output: outcome.output }
          : {
              state: 'differs',
              output: outcome.output,
              differences: compared.differences.map(({ path, ...sides }) => ({
                field: `policyText ${path}`,
                ...sides,
              })),
            }
      },
      undo: ({ admin }, record) => restorePolicy(admin, name, policyText, record),
      repeatable: true,
      wasSo: before => samePolicy(stringAt(before, 'policyText'), policyText),
      propagating: outcome => outcome.outcome === 'failed' && notYetKnown.test(outcome.message),
    }
  },
})
