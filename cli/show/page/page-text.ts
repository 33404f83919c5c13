import { stringify } from 'yaml'
import type { Lab } from '../../../runner/definition/index.ts'
import type { PlannedStep } from '../../../runner/engine/planned-steps.ts'
import { stepKind } from '../../../runner/steps/index.ts'
import { commandLines } from '../cli-lines.ts'
import { expectedOutput } from './expected-output.ts'
import { type PageVariables, pageCommand } from './page-command.ts'

export interface PageRequest {
  lab: Lab
  /** Its own steps. */
  steps: readonly PlannedStep[]
  variables: PageVariables
  /** Identities that are not of the lab's own making: profiles that a participant has to have. */
  profiles: readonly string[]
}

/** A lab as a page for participants, in Markdown: what it is about, its steps as commands, and what each prints. `lab run` can run it. */
export function pageText({ lab, steps, variables, profiles }: PageRequest): string {
  // A hidden check is a grader's affair.
  const shown = steps.filter(each => !isHidden(each) && !isNothing(each))
  return [
    `---\n${stringify({ title: lab.title, ...(lab.needs.length > 0 ? { needs: lab.needs } : {}) }, { lineWidth: 0 })}---`,
    `# ${lab.title}`,
    ...(lab.description === null ? [] : [lab.description.trim()]),
    `**You need** ${needed(lab, variables, profiles)}.`,
    ...shown.map((step, index) => stepText(step, index + 1, variables)),
    ...(lab.source === null ? [] : [`Source: ${lab.source}`]),
    '',
  ].join('\n\n')
}

const isHidden = ({ step }: PlannedStep): boolean => step.visibility === 'hidden' || step.visibility === 'after'

/** An identity is a profile of its name here anyway: writing it once more changes nothing. */
function isNothing({ prepared: { commands } }: PlannedStep): boolean {
  const words = commands.map(command => (/=$/.test(command[0] ?? '') ? command.slice(1) : command))
  const profiles = new Set(words.map(each => each[each.indexOf('--profile') + 1]))
  return words.length > 0 && profiles.size === 1 && words.every(([, service]) => service === 'configure')
}

function needed({ needs }: Lab, { values }: PageVariables, profiles: readonly string[]): string {
  const given = Object.keys(values).map(name => `\`${name}\``)
  return [
    'the aws CLI',
    ...(given.length > 0 ? [`the variables ${given.join(' and ')}`] : []),
    ...profiles.map(profile => `a profile \`${profile}\``),
    ...(needs.length > 0 ? [`what ${needs.map(id => `\`lab run ${id}\``).join(', ')} makes`] : []),
  ].join(', ')
}

function stepText(planned: PlannedStep, number: number, variables: PageVariables): string {
  const { step, prepared, ahead, expectation } = planned
  const kind = stepKind(step.kind)
  const marker = `${number}. `
  const as = step.as === null ? '' : `, as \`${step.as}\``
  const points = step.points === 0 ? '' : ` (${step.points} ${step.points === 1 ? 'point' : 'points'})`
  const purpose = (kind?.summary ?? step.kind).split(';')[0]
  const refused = refusedCommand(planned)
  const action = refused?.action ?? ahead?.step.actions[0] ?? kind?.operation ?? null
  const output = expectedOutput(expectation, action)
  const lines = commandLines(refused?.planned ?? planned, pageCommand(variables))
  const body =
    lines.length === 0
      ? ['There is no command for it: its values are known when earlier steps have run.']
      : [fenced('bash', lines.join('\n')), ...(output ? [output.lead, fenced(output.language, output.text)] : [])]
  return [`${purpose}: \`${prepared.title}\`${as}${points}`, ...body]
    .map((part, index) => (index === 0 ? marker + part : indented(part, marker.length)))
    .join('\n\n')
}

/** What is refused is refused at its first command: those after it have nothing to go on with. */
function refusedCommand(planned: PlannedStep): { planned: PlannedStep; action: string } | null {
  const { prepared, expectation } = planned
  const [first, ...others] = prepared.commands
  const words = /=$/.test(first?.[0] ?? '') ? first?.slice(1) : first
  const [program, service, operation = ''] = words ?? []
  if (expectation.kind === 'allow' || !words || others.length === 0 || program !== 'aws') return null
  const name = operation.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return {
    planned: { ...planned, prepared: { ...prepared, commands: [words], credentials: null } },
    action: `${service}:${name}`,
  }
}

/** Longer than any row of backticks inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** A part of a list item stands under its first letter. */
const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
