import type { Emit, EngineEvent } from '../../runner/engine/events.ts'
import { redact } from '../../runner/engine/redact.ts'
import { cliLine } from '../../runner/steps/cli-line.ts'
import { quoteBash } from '../shell/quote.ts'

type WouldSend = Extract<EngineEvent, { type: 'would-send' }>

/** A call that a dry run kept back, as `--json` tells it. */
export interface KeptCall {
  lab: string | null
  step: string | null
  /** The earlier run whose doing it takes back: then lab and step are of that; null: it is of the run itself. */
  takesBack: string | null
  operation: string
  input: unknown
  /** ARN of who would send it. */
  as: string
  /** The aws command that sends the same. */
  command: string
}

/** The aws command that sends the same call, for bash, on one line; bytes stand as their length. */
export const commandOf = ({ operation, input }: WouldSend): string =>
  operation.startsWith('http:') ? curlLine(operation, input) : awsLine(operation, input)

/** A registry's door has no aws command. */
const curlLine = (operation: string, { url }: WouldSend['input']): string =>
  ['curl', '--request', operation.slice('http:'.length), String(url)].map(quoteBash).join(' ')

const awsLine = (operation: string, input: WouldSend['input']): string =>
  cliLine(operation, redact(input, new Set()) as Record<string, unknown>)
    .map(word => quoteBash(onOneLine(word)))
    .join(' ')

/** A document of several lines means the same on one. */
function onOneLine(word: string): string {
  if (!word.includes('\n')) return word
  try {
    return JSON.stringify(JSON.parse(word))
  } catch {
    return word
  }
}

/** Hears all that a dry run tells, keeps its calls, and passes everything on. */
export function hearCalls(emit: Emit): { calls: KeptCall[]; emit: Emit } {
  const calls: KeptCall[] = []
  let lab: string | null = null
  let step: string | null = null
  return {
    calls,
    emit: event => {
      if (event.type === 'step') {
        lab = event.lab
        step = event.step
      } else if (event.type === 'would-send') {
        const { operation, as, takesBack } = event
        const where = takesBack
          ? { lab: takesBack.lab, step: takesBack.step, takesBack: takesBack.runId }
          : { lab, step, takesBack: null }
        calls.push({ ...where, operation, input: redact(event.input, new Set()), as, command: commandOf(event) })
      }
      emit(event)
    },
  }
}
