import type { StepKind } from '../steps/step-kind.ts'
import type { Problem } from './definition-error.ts'
import type { Lab, Step, TemplateUse } from './lab.ts'
import { didYouMean } from './nearest-name.ts'
import { visibleNames, visibleVars } from './needs.ts'
import { type OperationTable, operationOf } from './operations.ts'
import { outputFault } from './output-path.ts'
import { roots, type Template, templatesIn } from './template.ts'
import { usesOf } from './template-uses.ts'

/** What a lab's templates may name. */
export interface TemplateContext {
  kinds: readonly StepKind[]
  operations: OperationTable
  /** All labs that this one needs, in order. */
  needed: readonly Lab[]
  /** Names of labs.yaml's identities. */
  identities: readonly string[]
  /** null: which variables are set is not checked. */
  env: Readonly<Record<string, string | undefined>> | null
}

interface Fault {
  message: string
  hint: string | null
}

/** Identities that are there before any lab. */
export const builtInIdentities: readonly string[] = ['admin', 'partner']

/** Every template that will stand for nothing: unknown roots and names, steps that come later, identities never made, wrong output fields. */
export function checkTemplates(
  lab: Lab,
  context: TemplateContext,
  uses: readonly TemplateUse[] = usesOf(lab),
): Problem[] {
  return uses.flatMap(use => {
    const [match] = templatesIn(use.text)
    const fault = match?.template ? faultOf(match.template, use, lab, context) : malformed(use.text)
    return fault ? [{ place: use.place, ...fault }] : []
  })
}

const malformed = (text: string): Fault => ({
  message: `\`${text.trim()}\` is not a template, expected \`{{root.name}}\``,
  hint: text.includes('}}') ? `the roots are ${roots.join(', ')}` : 'close it with `}}`',
})

const unknown = (what: string, name: string, names: Iterable<string>, listed: string): Fault => ({
  message: `there is no ${what} \`${name}\``,
  hint: didYouMean(name, names, listed),
})

function faultOf({ root, path }: Template, use: TemplateUse, lab: Lab, context: TemplateContext): Fault | null {
  const [name, ...rest] = path
  const key = name === undefined ? null : String(name)
  if (!(roots as readonly string[]).includes(root)) return unknown('root', root, roots, 'the roots are')
  if (root === 'account' || root === 'region')
    return key === null
      ? null
      : { message: `nothing follows \`${root}\`, found \`${key}\``, hint: `write \`{{${root}}}\`` }
  if (key === null) return { message: `\`{{${root}}}\` lacks a name`, hint: `write \`{{${root}.name}}\`` }
  if (use.step === null && (root === 'steps' || root === 'identities'))
    return { message: `\`env\` cannot hold \`${root}\``, hint: 'it knows names, vars, account and region' }
  switch (root) {
    case 'names':
      return among('name', key, rest, Object.keys(visibleNames(lab, context.needed)), 'the names are')
    case 'vars':
      return Object.keys(visibleVars(lab, context.needed)).includes(key)
        ? null
        : unknown('var', key, Object.keys(visibleVars(lab, context.needed)), 'the vars are')
    case 'run':
      return among('member of run', key, rest, ['id', 'suffix'], 'there are')
    case 'env':
      return envFault(key, rest, context)
    case 'identities':
      return identityFault(key, rest, use, lab, context)
    default:
      return stepFault(key, rest, use, lab, context)
  }
}

function among(
  what: string,
  key: string,
  rest: readonly (string | number)[],
  names: readonly string[],
  listed: string,
): Fault | null {
  if (!names.includes(key)) return unknown(what, key, names, listed)
  return rest.length === 0 ? null : { message: `nothing follows \`${key}\`, found \`${rest.join('.')}\``, hint: null }
}

function envFault(key: string, rest: readonly (string | number)[], { env }: TemplateContext): Fault | null {
  if (env && (env[key] ?? '') === '')
    return {
      message: `the environment variable \`${key}\` is not set`,
      hint: `set it, or write it into the file .env: ${key}=value`,
    }
  return rest.length === 0 ? null : { message: `nothing follows \`${key}\`, found \`${rest.join('.')}\``, hint: null }
}

/** The steps done before a step: own ones of earlier groups. */
export function stepsBefore(lab: Lab, step: string | null): Step[] {
  const at = lab.groups.findIndex(group => group.some(each => each.id === step))
  return lab.groups.slice(0, at === -1 ? lab.groups.length : at).flat()
}

/** Names of identities that a step may use. */
export function identitiesBefore(lab: Lab, step: string | null, context: TemplateContext): string[] {
  const made = [...context.needed.flatMap(each => each.groups.flat()), ...stepsBefore(lab, step)].flatMap(
    each => each.identity ?? [],
  )
  return [...new Set([...builtInIdentities, ...context.identities, ...made])]
}

function identityFault(
  key: string,
  rest: readonly (string | number)[],
  use: TemplateUse,
  lab: Lab,
  context: TemplateContext,
): Fault | null {
  const names = identitiesBefore(lab, use.step, context)
  if (!names.includes(key)) return unknown('identity made before this step', key, names, 'there are')
  const [member, ...more] = rest
  if (member === 'arn' || member === 'account')
    return more.length === 0 ? null : { message: `nothing follows \`${member}\``, hint: null }
  return member === undefined
    ? { message: `\`identities.${key}\` lacks \`arn\` or \`account\``, hint: `write \`{{identities.${key}.arn}}\`` }
    : unknown('member of an identity', String(member), ['arn', 'account'], 'there are')
}

function stepFault(
  key: string,
  rest: readonly (string | number)[],
  use: TemplateUse,
  lab: Lab,
  context: TemplateContext,
): Fault | null {
  const own = lab.groups.flat().find(each => each.id === key)
  const before = stepsBefore(lab, use.step)
  const earlier = [...context.needed.flatMap(each => each.groups.flat()), ...before]
  const found = own ?? earlier.findLast(each => each.id === key)
  if (!found)
    return unknown(
      'earlier step',
      key,
      earlier.map(each => each.id),
      'the steps before are',
    )
  if (own && !before.includes(own)) {
    const together = lab.groups.some(group => group.includes(own) && group.some(each => each.id === use.step))
    return {
      message: `step \`${key}\` is not done before this one`,
      hint:
        own.id === use.step
          ? 'a step does not know its own output'
          : together
            ? 'steps of one `parallel` do not know each other'
            : 'move it up',
    }
  }
  const operation = operationOf(
    context.kinds.find(each => each.kind === found.kind),
    found.fields,
  )
  const shape = operation === null ? undefined : context.operations[operation]
  return shape ? outputFault(shape.output, rest, operation ?? '') : null
}
