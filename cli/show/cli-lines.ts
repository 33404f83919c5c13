import type { PlannedStep } from '../../runner/engine/planned-steps.ts'
import { quoteBash } from '../shell/quote.ts'

/** The aws commands that do the same by hand, for bash: each lab a script that runs, its identities profiles of their names. */
export function cliLines(steps: readonly PlannedStep[]): string[] {
  const lines: string[] = []
  let lab = ''
  for (const planned of steps) {
    const { lab: its, step } = planned
    if (its.id !== lab) {
      if (lab !== '') lines.push('')
      lab = its.id
      lines.push(`# ${its.id}: ${its.title}`)
    }
    const notes = [
      ...(step.as === null ? [] : [`as ${step.as}`]),
      ...(step.expectation.kind === 'deny' ? ['to be denied'] : []),
      ...(step.expectation.kind === 'error' ? ['to be refused'] : []),
      ...(step.identity === null ? [] : [`its credentials become the profile ${step.identity}`]),
    ]
    lines.push(`# ${step.id}${notes.length > 0 ? `: ${notes.join(', ')}` : ''}`, ...commandLines(planned))
  }
  return lines
}

const onOneLine = (words: readonly string[]): string => words.map(quoteBash).join(' ')

/** The lines of one step; `write` puts the words of a command down. */
export function commandLines(
  { step, prepared: { commands, credentials } }: Pick<PlannedStep, 'step' | 'prepared'>,
  write: (words: readonly string[]) => string = onOneLine,
): string[] {
  const written = commands.map(command => {
    const [, variable] = /^([A-Z_]+)=$/.exec(command[0] ?? '') ?? []
    const line = asIdentity(variable === undefined ? command : command.slice(1), step.as)
    const words = write(line)
    return variable === undefined ? words : `${variable}=$(${words})`
  })
  const last = written.pop()
  if (last === undefined) return []
  return [...written, ...(credentials && step.identity ? keptAs(step.identity, credentials, last) : [last])]
}

/** The keys go from the answer to the profile, past the screen. */
function keptAs(profile: string, member: string, command: string): string[] {
  const parts = ['AccessKeyId', 'SecretAccessKey', ...(member === 'Credentials' ? ['SessionToken'] : [])]
  const settings = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']
  const variables = ['KEY_ID', 'SECRET', 'TOKEN'].slice(0, parts.length)
  return [
    `KEYS=$(${command} --query '${member}.[${parts.join(',')}]' --output text)`,
    `read -r ${variables.join(' ')} <<< "$KEYS"`,
    ...variables.map(
      (name, index) => `aws configure set ${settings[index]} "$${name}" --profile ${quoteBash(profile)}`,
    ),
  ]
}

/** An identity of a lab is used under a profile of its name, also by the aws command that a pipe begins with. */
function asIdentity(words: readonly string[], as: string | null): readonly string[] {
  if (as === null || as === 'admin') return words
  const [program, second] = words
  if (program === 'aws') return second === 'configure' ? words : [...words, '--profile', as]
  return program === 'bash'
    ? words.map(word => word.replace(/^aws [a-z-]+ [a-z-]+(?= \|)/, `$& --profile ${quoteBash(as)}`))
    : words
}
