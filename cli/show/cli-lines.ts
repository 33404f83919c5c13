import type { PlannedStep } from '../planned-steps.ts'
import { quoteBash } from '../shell/quote.ts'

/** The aws commands that do the same by hand, for bash. */
export function cliLines(steps: readonly PlannedStep[]): string[] {
  const lines: string[] = []
  let lab = ''
  for (const { lab: its, step, prepared } of steps) {
    if (its.id !== lab) {
      if (lab !== '') lines.push('')
      lab = its.id
      lines.push(`# ${its.id}: ${its.title}`)
    }
    const notes = [
      ...(step.as === null ? [] : [`as ${step.as}`]),
      ...(step.expectation.kind === 'deny' ? ['to be denied'] : []),
      ...(step.identity === null ? [] : [`its Credentials are those of ${step.identity}`]),
    ]
    lines.push(`# ${step.id}${notes.length > 0 ? `: ${notes.join(', ')}` : ''}`)
    for (const command of prepared.commands)
      lines.push([...command, ...profileOf(command, step.as)].map(quoteBash).join(' '))
  }
  return lines
}

/** An identity of a lab is used under a profile of its name. */
const profileOf = ([program]: readonly string[], as: string | null): string[] =>
  program === 'aws' && as !== null && as !== 'admin' ? ['--profile', as] : []
