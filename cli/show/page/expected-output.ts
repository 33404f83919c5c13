import type { DenyFields, Expectation } from '../../../assertions/index.ts'
import { reasonPhrase } from '../../../assertions/verdict/reason-phrase.ts'

/** What a page says that a command prints. */
export interface ExpectedOutput {
  /** The sentence before it, which a reader and `lab run` know as a lead-in. */
  lead: string
  language: string
  text: string
}

/**
 * The block of a page that shows what must come of a step; null: that it succeeds says all.
 * @param action of the step, `ecr:ListImages`
 */
export function expectedOutput(expectation: Expectation, action: string | null): ExpectedOutput | null {
  if (expectation.kind === 'deny')
    return {
      lead: 'AWS refuses it. The output looks like this:',
      language: '',
      text: denialText(expectation.deny, action),
    }
  if (expectation.kind === 'error') {
    const operation = action?.split(':')[1] ?? '...'
    const message = expectation.message?.replaceAll('*', '...') ?? '...'
    const text = `An error occurred (${expectation.code}) when calling the ${operation} operation: ${message}`
    return { lead: 'AWS does not take it. The output looks like this:', language: '', text }
  }
  const { output } = expectation
  if (typeof output !== 'object' || output === null || Object.keys(output).length === 0) return null
  // A part of the output: what a page does not show is not compared.
  return {
    lead: 'The output looks like this:',
    language: 'json',
    text: JSON.stringify(withoutTemplates(output), null, 2),
  }
}

/** AWS's sentence as far as the lab says it. */
function denialText(deny: string | DenyFields, action: string | null): string {
  if (typeof deny === 'string' && /is not authorized to perform/.test(deny)) return deny
  const fields: DenyFields = typeof deny === 'string' ? { text: deny } : deny
  const reason = fields.text ?? reasonOf({ ...fields, action: fields.action ?? action })
  const { principal = '...', resource = '...' } = fields
  const code = fields.code ?? (action?.startsWith('ecr:') ? 'AccessDeniedException' : 'AccessDenied')
  const operation = action?.split(':')[1] ?? '...'
  return [
    `An error occurred (${code}) when calling the ${operation} operation: User: ${principal}`,
    `is not authorized to perform: ${fields.action ?? action ?? '...'} on resource: ${resource}`,
    ...(reason === '' ? [] : [reason]),
  ].join('\n')
}

/** AWS's own clause; '' where the lab does not say which policies it is about. */
function reasonOf({ decision = null, 'policy-type': policyType = null, action = null }: Nullable<DenyFields>): string {
  const phrase = reasonPhrase({ decision, policyType, action })
  if (phrase === null || decision === 'explicitDeny') return phrase ?? ''
  return policyType === null ? '' : `because ${phrase.replace(/allows (\S+)$/, 'allows the $1 action')}`
}

type Nullable<Fields> = { [Name in keyof Fields]: Fields[Name] | null }

const withoutTemplates = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/\{\{[^{}]*\}\}|\*/g, '...'))
