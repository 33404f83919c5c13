import type { Expectation } from '../../assertions/index.ts'
import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import type { Paper } from './paper.ts'
import { atBothEnds, indented } from './wrap.ts'

/** Each step with what it makes or changes and what must come of it. */
export function planLines(steps: readonly PlannedStep[], { width, colours }: Paper): string[] {
  const page = Math.min(width ?? 100, 100)
  const lines: string[] = []
  let lab = ''
  for (const { lab: its, setUp, step, prepared, resource } of steps) {
    if (its.id !== lab) {
      if (lab !== '') lines.push('')
      lab = its.id
      lines.push(...atBothEnds(` ${its.id}`, setUp ? 'set-up' : '', page).map(colours.strong))
      lines.push(...indented(its.title, ' ', width))
      if (!setUp && its.description) lines.push(...indented(its.description, ' ', width).map(colours.faint))
    }
    const who = step.as === null ? '' : ` as ${step.as}`
    const points = !setUp && step.points > 0 ? `${step.points} ${step.points === 1 ? 'point' : 'points'}` : ''
    lines.push(
      ...atBothEnds(`  ${step.id.padEnd(18)} ${step.kind.padEnd(22)} ${prepared.title}${who}`.trimEnd(), points, page),
    )
    const makes = resource === null ? [] : [`makes ${resource.type} ${resource.name}`]
    const gives = step.identity === null ? [] : [`gives the identity ${step.identity}`]
    const about = [...makes, ...gives, ...(step.probes ? [expectationWords(step.expectation)] : [])]
    for (const text of about) lines.push(...indented(text, '      ', width).map(colours.faint))
  }
  return lines
}

function expectationWords(expectation: Expectation): string {
  if (expectation.kind === 'allow')
    return expectation.output === undefined
      ? 'must be allowed'
      : `must be allowed, with ${JSON.stringify(expectation.output)}`
  if (expectation.kind === 'error') return `must fail with ${expectation.code}`
  const { deny } = expectation
  return `must be denied: ${typeof deny === 'string' ? deny : JSON.stringify(deny)}`
}
