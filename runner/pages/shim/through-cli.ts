import type { Outcome } from '../../../assertions/index.ts'
import { kebab } from '../../steps/cli-line.ts'
import type { Aws, PreparedStep, StepContext } from '../../steps/step-kind.ts'
import type { Sent } from './shim-server.ts'

export interface ThroughCli {
  prepared: PreparedStep
  operation: string
  /** As the page's command line gives it. */
  input: Readonly<Record<string, unknown>>
  /** Has the real CLI send the call. `answered`: AWS said what came of it. */
  send: (more: readonly string[]) => Promise<{ sent: Sent; outcome: Outcome; answered: boolean }>
}

/**
 * A step whose own call is made by the CLI of the page, once: what the kind adds to the input (tags, the boundary of labs.yaml) becomes more
 * arguments, and its memory for the undo is made from the CLI's answer, or by reading where the page prints something else.
 */
export function throughCli({ prepared, operation, input, send }: ThroughCli): PreparedStep {
  let first: Outcome | null = null
  const step: PreparedStep = {
    ...prepared,
    propagating: undefined,
    repeatable: undefined,
    run: async context => {
      const call: Aws['call'] = async (name, wanted) => {
        if (name !== operation) return context.admin.call(name, wanted)
        if (first) return first
        const { sent, outcome, answered } = await send(moreArguments(wanted, input))
        step.halfWay = !answered
        // It is not sent again, whatever came: that is the page's to say.
        first =
          outcome.outcome === 'failed'
            ? { ...outcome, cause: 'request' }
            : await withOutput(outcome, sent, prepared, context)
        return first
      }
      const { outcome, remember } = await prepared.run({ ...context, aws: { ...context.aws, call } })
      const known = Object.entries(remember ?? {}).filter(([, value]) => value !== '' && value !== null)
      return { outcome, remember: known.length > 0 ? Object.fromEntries(known) : undefined }
    },
  }
  return step
}

/** Members that a run adds to what it creates. */
const added = /^(tags|path|permissionsboundary)$/i

const moreArguments = (wanted: Readonly<Record<string, unknown>>, input: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(wanted).flatMap(([member, value]) => {
    if (!added.test(member) || value === undefined || value === '/') return []
    const own = JSON.stringify(input[member])
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return own === JSON.stringify(value) ? [] : [`--${kebab(member)}`, text]
  })

const keyId = /\bA[KS]IA[A-Z0-9]{12,}\b/

/** `--query` and `--output text` hide what the undo needs: it is read. */
async function withOutput(
  outcome: Outcome,
  sent: Sent,
  prepared: PreparedStep,
  context: StepContext,
): Promise<Outcome> {
  if (outcome.outcome !== 'allowed' || Object.keys(outcome.output as object).length > 0) return outcome
  const found = await prepared.verify?.(context)
  const output =
    found && 'output' in found && found.output !== null && typeof found.output === 'object' ? found.output : {}
  const id = keyId.exec(sent.stdout)?.[0]
  return { ...outcome, output: { ...output, ...(id === undefined ? {} : { AccessKey: { AccessKeyId: id } }) } }
}
