import * as z from 'zod'
import type { Denied, Failed, Outcome } from '../../assertions/index.ts'
import { accountOf } from '../aws/arns.ts'
import { cliLine } from './cli-line.ts'
import { text } from './fields.ts'
import { harmlessCall } from './harmless-calls.ts'
import { done, localFailure } from './local-outcome.ts'
import { policyReadsOf } from './policy-reads.ts'
import { count } from './single-call.ts'
import {
  type Aws,
  type AwsPlace,
  type Decided,
  type Done,
  defineStep,
  type Permission,
  type StepContext,
} from './step-kind.ts'
import { type Touch, thingOfArn, unknown } from './touch.ts'

const several = (description: string) =>
  z.union([text(description), z.array(text(description)).min(1)]).describe(description)

const decisions = ['allowed', 'denied', 'implicitDeny', 'explicitDeny'] as const
type Expected = (typeof decisions)[number]

interface Cell {
  identity: string
  action: string
  resource: string
  expect: Expected
}

interface Answered extends Cell {
  decision: Exclude<Expected, 'denied'> | 'denied'
  evidence: 'observed' | 'evaluated'
}

const listOf = (value: string | string[]): string[] => [value].flat()

export const accessMatrix = defineStep({
  kind: 'access-matrix',
  summary: 'Who may do what on what: a table of decisions, so that too much is found as well as too little',
  example: {
    rows: [
      {
        identity: 'ecrTester',
        action: ['ecr:PutImage', 'ecr:DeleteRepository'],
        resource: 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine',
        expect: 'implicitDeny',
      },
    ],
  },
  effect: 'reads',
  operation: null,
  schema: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          identity: several(
            'Identity that an earlier step made, or one of labs.yaml; `admin`: the lab’s own caller, who is held back by the policies of resources alone',
          ),
          action: several('Action, such as ecr:PutImage'),
          resource: several('ARN, or * where the action has no resource'),
          expect: z.enum(decisions).describe('The decision on each: `denied` is either kind of it'),
        }),
      )
      .min(1)
      .describe('Each row stands for all its identities, actions and resources with one another'),
  }),
  touches: ({ rows }) => {
    const resources = rows.flatMap(({ resource }) => listOf(resource))
    if (resources.some(each => each.includes(unknown))) return null
    return resources
      .flatMap(each => thingOfArn(each) ?? [])
      .map(({ type, name }): Touch => ({ type, name: /[*?]/.test(name) ? '*' : name, access: 'read' }))
  },
  prepare: ({ rows }) => {
    const cells = rows.flatMap(({ identity, action, resource, expect }) =>
      listOf(identity).flatMap(who =>
        listOf(action).flatMap(what =>
          listOf(resource).map((on): Cell => ({ identity: who, action: what, resource: on, expect })),
        ),
      ),
    )
    return {
      title: count(cells.length, 'cell'),
      actions: [],
      permissions: (place, principalOf) => {
        const run = cells.flatMap(cell => readsOf(cell, place, principalOf))
        return { run, verify: run, undo: [] }
      },
      commands: () => cells.map(commandOf),
      resource: () => null,
      run: context => ask(context, cells),
    }
  },
})

/** What the lab's own caller needs for a cell: his own calls, and to read in his account what decides those of others. */
function readsOf(cell: Cell, { account }: AwsPlace, principalOf: (identity: string) => string | null): Permission[] {
  const { identity, action, resource } = cell
  const asked = harmlessCall(action, resource) !== null
  if (identity === 'admin' && asked) return [{ action, resource }]
  const principal = principalOf(identity)
  // A session has keys here; a user's were shown to somebody else.
  if (asked && principal?.includes(':role/')) return []
  const [own, its] = [principal ?? '', resource].map(arn => (arn.split(':')[4] === account ? policyReadsOf(arn) : []))
  return [...(own ?? []), ...(its ?? [])]
}

/** The harmless call, else AWS's own simulation, which is about the principal behind the identity. */
function commandOf({ identity, action, resource }: Cell): string[] {
  const call = harmlessCall(action, resource)
  if (call) return cliLine(call.operation, call.input)
  const PolicySourceArn = `ARN_OF_${identity}`
  return cliLine('iam:SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: [action], ResourceArns: [resource] })
}

async function ask(context: StepContext, cells: readonly Cell[]): Promise<Done> {
  const answered: Answered[] = []
  const decided: Decided[] = []
  for (const cell of cells) {
    const aws = context.identity(cell.identity)
    const found = await answerOf(context, aws, cell)
    if ('outcome' in found) return { outcome: found }
    answered.push({ ...cell, ...found })
    const { identity, action, resource } = cell
    decided.push({ ...found, action, resource, aws, identity: identity === 'admin' ? null : identity })
  }
  const wrong = answered.filter(({ expect, decision }) => !meets(expect, decision))
  const evidence = answered.some(each => each.evidence === 'evaluated') ? 'evaluated' : 'observed'
  const counted = `${count(cells.length, 'cell')}, ${answered.filter(each => each.evidence === 'observed').length} observed`
  if (wrong.length === 0) return { outcome: done({ cells: answered }), evidence, detail: counted, decided }
  const told = wrong.map(
    each => `${each.identity} ${each.action} on ${each.resource}: ${each.decision}, expected ${each.expect}`,
  )
  const message = `${wrong.length} of ${count(cells.length, 'cell')} not as expected: ${told.slice(0, 10).join('; ')}`
  return { outcome: localFailure('AccessMatrix', message, { cells: answered }), evidence, decided }
}

/** STS names no reason: a denial without one is either kind. */
const meets = (expected: Expected, decision: Answered['decision']): boolean =>
  expected === 'allowed' || decision === 'allowed'
    ? expected === decision
    : expected === 'denied' || decision === 'denied' || expected === decision

type Found = Pick<Answered, 'decision' | 'evidence'> | Denied | Failed

/** By a call where one is harmless and the identity has keys, else from the policies read. */
async function answerOf(context: StepContext, aws: Aws, { identity, action, resource, expect }: Cell): Promise<Found> {
  const call = harmlessCall(action, resource)
  const near = call?.operation.startsWith('iam:') !== true || accountOf(aws.arn) === accountOf(resource)
  if (call && near) {
    const found = decisionOf(identity, await aws.call(call.operation, call.input))
    // Its keys were shown to somebody else: what it may do is decided.
    if (!('outcome' in found) || found.code !== 'NoCredentials')
      return 'outcome' in found ? found : { ...found, evidence: 'observed' }
  }
  const found = decisionOf(identity, await context.decide(aws, action, resource, expect.endsWith('Deny')))
  return 'outcome' in found ? found : { ...found, evidence: 'evaluated' }
}

const unanswered = new Set(['throttled', 'unavailable', 'network', 'credentials', 'local'])

/**
 * AWS authorizes before it looks for the thing: whoever hears that it is not there was allowed to ask. A refusal that says nothing of what the lab
 * set up is no decision: that of an organization, and what the lab's own caller lacks himself.
 */
function decisionOf(identity: string, outcome: Outcome): Pick<Answered, 'decision'> | Denied | Failed {
  if (outcome.outcome === 'denied') {
    const { decision, policyType } = outcome.denial
    if (policyType !== null && beyondTheLab.has(policyType)) return outcome
    if (identity === 'admin' && !ofTheThing.has(policyType ?? '')) return outcome
    return { decision: decision ?? 'denied' }
  }
  return outcome.outcome === 'failed' && unanswered.has(outcome.cause) ? outcome : { decision: 'allowed' }
}

/** What hangs on the thing that is asked for, and not on who asks. */
const ofTheThing: ReadonlySet<string> = new Set(['resource-based', 'role trust policy'])

const beyondTheLab: ReadonlySet<string> = new Set(['service control policy', 'resource control policy'])
