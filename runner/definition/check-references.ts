import { builtInIdentities, type DefinitionContext, identitiesBefore, stepsBefore } from './definition-context.ts'
import type { Problem } from './definition-error.ts'
import type { Lab, Place, Step } from './lab.ts'
import { didYouMean } from './nearest-name.ts'
import { isMap, rawSteps } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'
import type { Path } from './yaml-place.ts'

/** What steps say of identities and of other labs' steps: `as`, `identity`, `supersedes`. `source` gives exact places. */
export function checkReferences(lab: Lab, context: DefinitionContext, source: YamlSource | null): Problem[] {
  const raw = source ? rawSteps(source.data) : []
  return lab.groups.flat().flatMap((step, index) => {
    const at = (...path: Path): Place =>
      source && raw[index] ? source.place([...raw[index].path, ...path]) : step.place
    return [
      ...named(step.as, lab, step, context, at('as')),
      ...identitiesIn(step.fields, [step.kind]).flatMap(({ name, path }) =>
        named(name, lab, step, context, at(...path)),
      ),
      ...taken(step, context, at),
      ...superseded(lab, step, context, at).map(problem => ({ ...problem, rule: 'unknown-superseded' })),
    ]
  })
}

type At = (...path: Path) => Place

/** In any kind's fields, wherever it stands, `identity` is the name of one, or a list of names. */
function identitiesIn(value: unknown, path: Path): { name: string; path: Path }[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => identitiesIn(each, [...path, index]))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const names = key === 'identity' ? [each].flat().filter(name => typeof name === 'string') : null
    if (names === null) return identitiesIn(each, [...path, key])
    return names.filter(name => !name.includes('{{')).map(name => ({ name, path: [...path, key] }))
  })
}

function named(name: string | null, lab: Lab, step: Step, context: DefinitionContext, place: Place): Problem[] {
  if (name === null) return []
  const names = identitiesBefore(lab, step.id, context)
  if (names.includes(name)) return []
  const later = lab.groups.flat().find(each => each.identity === name)
  return [
    {
      place,
      message: `no earlier step makes the identity \`${name}\``,
      hint: later ? `step \`${later.id}\` makes it: move it up` : didYouMean(name, names, 'there are'),
      rule: 'unknown-identity',
    },
  ]
}

function taken(step: Step, { identities }: DefinitionContext, at: At): Problem[] {
  if (step.identity === null || ![...builtInIdentities, ...identities].includes(step.identity)) return []
  return [
    {
      place: at('identity'),
      message: `the identity \`${step.identity}\` is there already, before any step`,
      hint: 'choose another name',
      rule: 'identity-taken',
    },
  ]
}

function superseded(own: Lab, step: Step, { needed }: DefinitionContext, at: At): Problem[] {
  return step.supersedes.flatMap((written, index) => {
    if (!written.includes('/')) return []
    const place = at('supersedes', index)
    const [labId = '', stepId = ''] = written.split('/')
    if (labId === own.id) {
      const before = stepsBefore(own, step.id).map(each => each.id)
      const message = `\`supersedes\` names \`${written}\`, which is no earlier step of this lab`
      return before.includes(stepId)
        ? []
        : [{ place, message, hint: didYouMean(stepId, before, 'the steps before are') }]
    }
    const lab = needed.find(each => each.id === labId)
    if (!lab)
      return [
        {
          place,
          message: `\`supersedes\` names \`${written}\`, but this lab does not need \`${labId}\``,
          hint: didYouMean(
            labId,
            needed.map(each => each.id),
            'it needs',
          ),
        },
      ]
    const probes = lab.groups.flat().filter(each => each.probes)
    if (probes.some(each => each.id === stepId)) return []
    const exists = lab.groups.flat().some(each => each.id === stepId)
    const message = exists
      ? `step \`${written}\` is not a probe: it has no allow, deny or error`
      : `lab \`${labId}\` has no step \`${stepId}\``
    return [
      {
        place,
        message,
        hint: didYouMean(
          stepId,
          probes.map(each => each.id),
          'its probes are',
        ),
      },
    ]
  })
}
