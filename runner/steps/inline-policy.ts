import { meansTheSame, validateIdentityPolicy } from '../../policy/index.ts'
import { at, hasCode, stringAt } from './answers.ts'
import { type Entity, entityArn } from './attachment.ts'
import { entityBefore, otherEntity } from './entity-of-the-run.ts'
import { foreseenFault } from './foreseen-fault.ts'
import { decodeDocument } from './role-state.ts'
import { sameDocument } from './same-document.ts'
import { singleCall } from './single-call.ts'
import type { Aws, AwsPlace, PreparedStep, Undone } from './step-kind.ts'

interface InlinePolicy {
  entity: Entity
  name: string
  policyName: string
  document: string
}

const inputOf = ({ entity, name, policyName }: InlinePolicy) => ({ [`${entity}Name`]: name, PolicyName: policyName })

const readInline = (aws: Aws, policy: InlinePolicy) => aws.call(`iam:Get${policy.entity}Policy`, inputOf(policy))

const documentIn = (output: unknown): string => decodeDocument(at(output, 'PolicyDocument'))

/** Everything about putting an inline policy on a role or user. Undo puts back the one of that name that was there, or none. */
export function inlinePolicyStep(policy: InlinePolicy): Omit<PreparedStep, 'effect'> {
  const { entity, name, policyName, document } = policy
  const operation = `iam:Put${entity}Policy`
  const on = (place: AwsPlace) => entityArn(place, entity, name)
  return {
    ...singleCall({
      operation,
      input: { ...inputOf(policy), PolicyDocument: document },
      title: `${name}  ${policyName}`,
      on,
    }),
    permissions: place => {
      const read = { action: `iam:Get${entity}Policy`, resource: on(place) }
      const get = { action: `iam:Get${entity}`, resource: on(place) }
      const put = { action: operation, resource: on(place) }
      return {
        run: [put, get],
        verify: [read],
        undo: [{ action: `iam:Delete${entity}Policy`, resource: on(place) }, get],
        spare: [put, read],
      }
    },
    resource: () => ({ type: 'inline policy', name: `${name} ${policyName}`, arn: null, part: true }),
    repeatable: true,
    wasSo: before => sameDocument(stringAt(before, 'document'), document, 'identity'),
    before: async ({ admin }) => {
      const [outcome, who] = await Promise.all([readInline(admin, policy), entityBefore(admin, entity, name)])
      if (outcome.outcome === 'allowed') return { document: documentIn(outcome.output), ...who }
      return hasCode(outcome, 'NoSuchEntity') ? { document: null, ...who } : null
    },
    refused: async () => foreseenFault(validateIdentityPolicy(document, 'inline')),
    verify: async ({ admin }) => {
      const outcome = await readInline(admin, policy)
      if (hasCode(outcome, 'NoSuchEntity')) return { state: 'absent', outcome }
      if (outcome.outcome !== 'allowed') return { state: 'unread', outcome }
      const compared = meansTheSame(document, documentIn(outcome.output), 'identity')
      if (compared.same) return { state: 'present', output: outcome.output }
      const differences = compared.differences.map(({ path, ...sides }) => ({
        field: `PolicyDocument ${path}`,
        ...sides,
      }))
      return { state: 'differs', output: outcome.output, differences }
    },
    undo: async ({ admin }, record): Promise<Undone> => {
      const other = await otherEntity(admin, entity, name, record)
      if (other) return other
      const former = stringAt(record.before, 'document')
      const now = await readInline(admin, policy)
      if (hasCode(now, 'NoSuchEntity')) {
        if (former === null) return { result: 'gone' }
      } else if (now.outcome !== 'allowed') return { result: 'left', outcome: now }
      else if (!sameDocument(document, documentIn(now.output), 'identity'))
        return {
          result: 'foreign',
          note: `inline policy \`${policyName}\` of ${name} was changed by somebody since: it stays`,
        }
      const outcome =
        former === null
          ? await admin.call(`iam:Delete${entity}Policy`, inputOf(policy))
          : await admin.call(operation, { ...inputOf(policy), PolicyDocument: former })
      if (hasCode(outcome, 'NoSuchEntity')) return { result: 'gone' }
      if (outcome.outcome !== 'allowed') return { result: 'left', outcome }
      const after = await readInline(admin, policy)
      const back = former !== null && after.outcome === 'allowed'
      return hasCode(after, 'NoSuchEntity') || back
        ? { result: 'gone', ...(back ? { note: 'the former policy is back' } : {}) }
        : { result: 'left', outcome: after }
    },
  }
}
