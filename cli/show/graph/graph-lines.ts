import type { PlannedStep } from '../../../runner/engine/planned-steps.ts'

/**
 * Steps and resources as a Mermaid flowchart: `==>` makes, `-->` changes or asks and is allowed, `--x` is denied or refused, `-.->` lends an
 * identity.
 */
export function graphLines(planned: readonly PlannedStep[]): string[] {
  const steps = new Map(planned.map((each, index) => [each, `s${index + 1}`]))
  const resources = resourcesOf(planned)
  const labs = [...new Set(planned.map(({ lab }) => lab))]
  return [
    'flowchart LR',
    ...labs.flatMap((lab, index) => [
      `  subgraph l${index + 1}[${label(lab.id)}]`,
      ...planned.filter(each => each.lab === lab).map(each => `    ${steps.get(each)}${shapeOf(each)}`),
      '  end',
    ]),
    ...[...resources.values()].map(({ id, text }) => `  ${id}[(${label(text)})]`),
    ...planned.flatMap(each => edgesOf(each, steps.get(each) ?? '', resources).map(edge => `  ${edge}`)),
    ...identityEdges(planned, steps).map(edge => `  ${edge}`),
  ]
}

interface Node {
  id: string
  text: string
}

/** Things that stand by themselves, by ARN, else by type and name. */
function resourcesOf(planned: readonly PlannedStep[]): Map<string, Node> {
  const found = new Map<string, Node>()
  for (const { resource } of planned) {
    if (resource === null || resource.part || found.has(keyOf(resource))) continue
    found.set(keyOf(resource), { id: `r${found.size + 1}`, text: `${resource.type} ${resource.name}` })
  }
  return found
}

const keyOf = ({ arn, type, name }: NonNullable<PlannedStep['resource']>): string => arn ?? `${type} ${name}`

function shapeOf({ step, prepared }: PlannedStep): string {
  const text = label(`${step.id}: ${step.kind} ${prepared.title}`)
  return step.probes ? `([${text}])` : `[${text}]`
}

function edgesOf(planned: PlannedStep, id: string, resources: ReadonlyMap<string, Node>): string[] {
  const { step, resource, permissions, expectation } = planned
  const made = resource && !resource.part ? resources.get(keyOf(resource)) : undefined
  if (made && expectation.kind === 'allow') return [`${id} ==> ${made.id}`]
  const touched = new Set([made, ...(permissions?.run ?? []).map(each => resources.get(each.resource))])
  const arrow = expectation.kind === 'allow' ? '-->' : '--x'
  const word =
    expectation.kind === 'allow' ? (step.probes ? 'allowed' : '') : expectation.kind === 'deny' ? 'denied' : 'refused'
  const text = [word, ...(step.as === null ? [] : [`as ${step.as}`])].filter(part => part !== '').join(' ')
  return [...touched].flatMap(node =>
    node ? [`${id} ${arrow}${text === '' ? '' : `|${label(text)}|`} ${node.id}`] : [],
  )
}

/** From the step that gives an identity to those that act as it. */
function identityEdges(planned: readonly PlannedStep[], steps: ReadonlyMap<PlannedStep, string>): string[] {
  return planned.flatMap((each, index) => {
    const giver = planned
      .slice(0, index)
      .findLast(other => each.step.as !== null && other.step.identity === each.step.as)
    return giver ? [`${steps.get(giver)} -.->|${label(each.step.as ?? '')}| ${steps.get(each)}`] : []
  })
}

/** A text in quotes; Mermaid knows characters by their entities. */
const label = (text: string): string =>
  `"${text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('`', '#96;')}"`
