import type { Expectation } from '../../assertions/index.ts'
import { accountOf, partitionOf } from '../aws/arns.ts'
import { type Catalogue, type Lab, resolveTemplates, type Scope, type Step } from '../definition/index.ts'
import { LabError } from '../lab-error.ts'
import { stepKind } from '../steps/index.ts'
import type { AwsPlace, Permissions, PreparedStep, Resource } from '../steps/step-kind.ts'
import { fillSteps } from './fill-steps.ts'
import { planLabs } from './plan.ts'

export interface PlannedStep {
  lab: Lab
  setUp: boolean
  step: Step
  /** `credentials`: the member of the last command's output that holds those of the step's identity. */
  prepared: { title: string; commands: string[][]; credentials: string | null }
  /** What the runner itself needs for it; null: it cannot be foreseen. */
  permissions: Permissions | null
  /** What it makes or changes. */
  resource: Resource | null
  /** What must come of it, filled in as far as it can be foreseen. */
  expectation: Expectation
  /** The step with its fields filled in; null: it cannot be foreseen. */
  ahead: { step: PreparedStep; fields: unknown; place: AwsPlace; actor: string } | null
}

export interface PlanRequest {
  catalogue: Catalogue
  labs: readonly Lab[]
  asked: readonly string[]
  target: 'sandbox' | 'aws'
  region: string
  overrides: Readonly<Record<string, string>>
  env: Readonly<Record<string, string | undefined>>
  /** Default: the sandbox's, or the word ACCOUNT_ID. */
  account?: string
  /** Who the identities of labs.yaml are; one that is not in it is taken to be of the own account. Default: the sandbox's partner. */
  identities?: ReadonlyMap<string, { arn: string }>
  /** Of every name that is created, as --isolate has it; default: none. */
  suffix?: string
}

/**
 * Every step as it would be sent, without an account: the answers of earlier steps are foreseen where they are ARNs of what those make, and
 * stand as words in capitals where they are not.
 */
export function plannedSteps(request: PlanRequest): PlannedStep[] {
  const { labs, asked, overrides, region, target, catalogue, env } = request
  const account = request.account ?? (target === 'sandbox' ? '111122223333' : 'ACCOUNT_ID')
  const partition = partitionOf(region)
  const arns = new Map<string, string>()
  const names = ['admin', ...Object.keys(catalogue.identities)]
  for (const lab of labs) for (const step of lab.groups.flat()) if (step.identity !== null) names.push(step.identity)
  const identities = Object.fromEntries(names.map(name => [name, identityOf(name, account, request.identities)]))
  return planLabs(labs, { asked, overrides, suffix: request.suffix ?? '' }).flatMap(planned =>
    planned.lab.groups.flat().map(step => {
      const kind = stepKind(step.kind)
      if (!kind) throw new LabError(2, 'step-kind', `there is no step kind \`${step.kind}\``)
      const scope: Scope = {
        ...{ names: planned.names, vars: planned.vars, steps: {}, account, region, identities, env },
        run: { id: 'RUN', suffix: '' },
      }
      const place = { partition, region, account: identities[step.as ?? 'admin']?.account ?? account }
      const actor = identities[step.as ?? 'admin']?.arn ?? ''
      const { title, commands, resource, permissions, identity, ahead } = lookAhead(() => {
        const fields = resolveTemplates(foreseen(step.fields, arns), scope)
        const prepared = kind.prepare(fields)
        return {
          title: prepared.title,
          commands: prepared.commands(place),
          resource: prepared.resource(place),
          permissions: prepared.permissions(place, name =>
            principalOf(identities[name]?.arn ?? '', [...arns.values()]),
          ),
          identity: prepared.foreseenIdentity?.(place) ?? null,
          ahead: { step: prepared, fields, place, actor },
        }
      })
      if (resource?.arn) arns.set(step.id, resource.arn)
      if (identity && step.identity !== null)
        identities[step.identity] = { arn: identity.arn, account: identity.arn.split(':')[4] ?? account }
      const credentials = step.identity === null ? null : (identity?.member ?? null)
      const prepared = { title, commands, credentials }
      const expectation = foreseenExpectation(step.expectation, arns, scope)
      return { lab: planned.lab, setUp: planned.setUp, step, resource, permissions, prepared, expectation, ahead }
    }),
  )
}

function foreseenExpectation(expectation: Expectation, arns: ReadonlyMap<string, string>, scope: Scope): Expectation {
  try {
    return resolveTemplates(foreseen(expectation, arns), scope) as Expectation
  } catch (error) {
    if (error instanceof LabError) return expectation
    throw error
  }
}

interface Ahead {
  title: string
  commands: string[][]
  resource: Resource | null
  permissions: PlannedStep['permissions']
  identity: { member: string; arn: string } | null
  ahead: PlannedStep['ahead']
}

/** A step whose fields must have a form that only an earlier answer gives, such as a digest, says so. */
function lookAhead(prepare: () => Ahead): Ahead {
  try {
    return prepare()
  } catch (error) {
    if (!(error instanceof LabError) && !(error instanceof Error && 'issues' in error)) throw error
    return {
      title: '(known when earlier steps have run)',
      commands: [],
      resource: null,
      permissions: null,
      identity: null,
      ahead: null,
    }
  }
}

/** The role of a session, with the path that the session's ARN leaves out, or the user himself. */
function principalOf(arn: string, made: readonly string[]): string | null {
  if (/^arn:[^:]+:iam::[^:]+:(user|role)\//.test(arn)) return arn
  const [, partition, account, role] = /^arn:([^:]+):sts::([^:]+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (role === undefined) return null
  const ends = (each: string) => each.startsWith(`arn:${partition}:iam::${account}:role/`) && each.endsWith(`/${role}`)
  return made.find(ends) ?? `arn:${partition}:iam::${account}:role/${role}`
}

function identityOf(name: string, own: string, known: PlanRequest['identities']): { arn: string; account: string } {
  const arn = known?.get(name)?.arn ?? `ARN_OF_${name}`
  return { arn, account: accountOf(arn) ?? (known ? own : sandboxAccount(name, own)) }
}

const sandboxAccount = (name: string, own: string): string =>
  name !== 'partner' ? own : own === 'ACCOUNT_ID' ? 'PARTNER_ACCOUNT_ID' : '444455556666'

/** `{{steps.role.Role.Arn}}` becomes the ARN that the step will give, another answer a word such as STEPS_ROLE_ROLE_ROLEID. */
const foreseen = (value: unknown, arns: ReadonlyMap<string, string>): unknown =>
  fillSteps(value, (step, path) => {
    const arn = /arn$/i.test(path) ? arns.get(step) : undefined
    return arn ?? `${step}.${path}`.replaceAll(/\W+/g, '_').toUpperCase()
  })
