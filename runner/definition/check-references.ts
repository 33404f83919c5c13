import { builtInIdentities, identitiesBefore, type TemplateContext } from './check-templates.ts'
import type { Problem } from './definition-error.ts'
import type { Lab, Place, Step } from './lab.ts'
import { didYouMean } from './nearest-name.ts'
import { rawSteps } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'
import type { Path } from './yaml-place.ts'

/** What steps say of identities and of other labs' steps: `as`, `identity`, `supersedes`. `source` gives exact places. */
export function checkReferences(lab: Lab, context: TemplateContext, source: YamlSource | null): Problem[] {
  const raw = source ? rawSteps(source.data) : []
  return lab.groups.flat().flatMap((step, index) => {
    const at = (...path: Path): Place =>
      source && raw[index] ? source.place([...raw[index].path, ...path]) : step.place
    return [...caller(lab, step, context, at), ...taken(step, context, at), ...superseded(step, context, at)]
  })
}

type At = (...path: Path) => Place

function caller(lab: Lab, step: Step, context: TemplateContext, at: At): Problem[] {
  if (step.as === null) return []
  const names = identitiesBefore(lab, step.id, context)
  if (names.includes(step.as)) return []
  const later = lab.groups.flat().find(each => each.identity === step.as)
  return [
    {
      place: at('as'),
      message: `no earlier step makes the identity \`${step.as}\``,
      hint: later ? `step \`${later.id}\` makes it: move it up` : didYouMean(step.as, names, 'there are'),
    },
  ]
}

function taken(step: Step, { identities }: TemplateContext, at: At): Problem[] {
  if (step.identity === null || ![...builtInIdentities, ...identities].includes(step.identity)) return []
  return [
    {
      place: at('identity'),
      message: `the identity \`${step.identity}\` is there already, before any step`,
      hint: 'choose another name',
    },
  ]
}

function superseded(step: Step, { needed }: TemplateContext, at: At): Problem[] {
  return step.supersedes.flatMap((written, index) => {
    if (!written.includes('/')) return []
    const place = at('supersedes', index)
    const [labId = '', stepId = ''] = written.split('/')
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
