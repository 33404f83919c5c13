import { type DefinitionContext, identitiesBefore, stepsBefore } from './definition-context.ts'
import type { Problem } from './definition-error.ts'
import type { Lab, TemplateUse } from './lab.ts'
import { didYouMean } from './nearest-name.ts'
import { visibleNames, visibleVars } from './needs.ts'
import { operationOf } from './operations.ts'
import { outputFault } from './output-path.ts'
import { roots, type Template, templatesIn } from './template.ts'
import { usesOf } from './template-uses.ts'

interface Fault {
  message: string
  hint: string | null
  /** Default: `unknown-template`. */
  rule?: string
}

/** Every template that will stand for nothing: unknown roots and names, steps that come later, identities never made, wrong output fields. */
export function checkTemplates(
  lab: Lab,
  context: DefinitionContext,
  uses: readonly TemplateUse[] = usesOf(lab),
): Problem[] {
  return uses.flatMap(use => {
    const [match] = templatesIn(use.text)
    const fault = match?.template ? faultOf(match.template, use, lab, context) : malformed(use.text)
    return fault ? [{ place: use.place, rule: 'unknown-template', ...fault }] : []
  })
}

const malformed = (text: string): Fault => ({
  message: `\`${text.trim()}\` is not a template, expected \`{{root.name}}\``,
  hint: text.includes('}}') ? `the roots are ${roots.join(', ')}` : 'close it with `}}`',
  rule: 'bad-template',
})

const unknown = (what: string, name: string, names: Iterable<string>, listed: string): Fault => ({
  message: `there is no ${what} \`${name}\``,
  hint: didYouMean(name, names, listed),
})

function faultOf({ root, path }: Template, use: TemplateUse, lab: Lab, context: DefinitionContext): Fault | null {
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
      return varFault(key, rest, visibleVars(lab, context.needed), context)
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

function varFault(
  key: string,
  rest: readonly (string | number)[],
  vars: Readonly<Record<string, unknown>>,
  { given }: DefinitionContext,
): Fault | null {
  if (!Object.hasOwn(vars, key)) return unknown('var', key, Object.keys(vars), 'the vars are')
  if (given === null || given.includes(key)) return null
  let value = vars[key]
  if (value === null) return { message: `the var \`${key}\` has no value`, hint: `give it one: --var ${key}=value` }
  for (const segment of rest) {
    const holder: unknown = value
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, segment))
      return unknown(`value under \`${key}\` of the name`, String(segment), Object.keys(holder ?? {}), 'there are')
    value = (holder as Record<string | number, unknown>)[segment]
  }
  return null
}

function envFault(key: string, rest: readonly (string | number)[], { env }: DefinitionContext): Fault | null {
  if (env && (env[key] ?? '') === '')
    return {
      message: `the environment variable \`${key}\` is not set`,
      hint: `set it, or write it into the file .env: ${key}=value`,
    }
  return rest.length === 0 ? null : { message: `nothing follows \`${key}\`, found \`${rest.join('.')}\``, hint: null }
}

function identityFault(
  key: string,
  rest: readonly (string | number)[],
  use: TemplateUse,
  lab: Lab,
  context: DefinitionContext,
): Fault | null {
  const names = identitiesBefore(lab, use.step, context)
  if (!names.includes(key))
    return { ...unknown('identity made before this step', key, names, 'there are'), rule: 'unknown-identity' }
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
  context: DefinitionContext,
): Fault | null {
  const own = lab.groups.flat().find(each => each.id === key)
  const before = stepsBefore(lab, use.step)
  const earlier = [...context.needed.flatMap(each => each.groups.flat()), ...before]
  const found = own ?? earlier.findLast(each => each.id === key)
  if (!found) {
    const ids = earlier.map(each => each.id)
    return { ...unknown('earlier step', key, ids, 'the steps before are'), rule: 'unknown-step' }
  }
  if (own && !before.includes(own)) {
    const together = lab.groups.some(group => group.includes(own) && group.some(each => each.id === use.step))
    return {
      message: `step \`${key}\` is not done before this one`,
      rule: 'later-step',
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
  const fault = shape ? outputFault(shape.output, rest, operation ?? '') : null
  return fault && { ...fault, rule: 'unknown-output' }
}
