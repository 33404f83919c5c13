import type { EngineEvent, Target } from '../../../runner/index.ts'

/** A call as the engine made it: what was sent, and as whom. */
export interface HeardCall {
  operation: string
  input: unknown
  as: string
}

type Aws = Target['caller']

/** The same target; every call of every identity is written down as it is made. */
export function hearing(target: Target, heard: HeardCall[]): Target {
  const ear = (aws: Aws): Aws => ({
    ...aws,
    call: (operation, input) => {
      heard.push({ operation, input, as: aws.arn })
      return aws.call(operation, input)
    },
  })
  return {
    ...target,
    caller: ear(target.caller),
    identities: new Map([...target.identities].map(([name, aws]) => [name, ear(aws)])),
    as: (...made) => ear(target.as(...made)),
  }
}

/** What a dry run told, in the same form. */
export const toldIn = (events: readonly EngineEvent[]): HeardCall[] =>
  events.flatMap(event => (event.type === 'would-send' ? [event] : []))

/** Calls that only ask; AssumeRole changes nothing either, and is told all the same. */
const asks = /^\w+:(Get|List|Describe|BatchGet|BatchCheck)|^http:/

/** What a push sends: none of it when its layers are there already, or when it is refused on the way. */
const pushing = /^ecr:(InitiateLayerUpload|UploadLayerPart|CompleteLayerUpload|PutImage)$/

const textOf = ({ operation, input, as }: HeardCall): string =>
  JSON.stringify([operation, as, input], (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )

/** What is not known before a step has run may be anything. */
const patternOf = (told: HeardCall): RegExp =>
  new RegExp(
    `^${textOf(told)
      .split(/<after [^>]+>/)
      .map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('(?:[^"\\\\]|\\\\.)+')}$`,
  )

/**
 * Holds what a dry run told against what the real one sent, inputs and callers included.
 *
 * @returns what was told and not sent, and what was sent and not told; both empty when a dry run is true
 */
export function difference(
  told: readonly HeardCall[],
  sent: readonly HeardCall[],
  runId: string,
): { untold: string[]; unsent: string[] } {
  const foretold = told
    .filter(each => !asks.test(each.operation))
    .map(each => ({ text: textOf(each), pattern: patternOf(each), operation: each.operation }))
  const untold: string[] = []
  for (const call of sent.filter(each => !asks.test(each.operation))) {
    const text = textOf(call).replaceAll(runId, 'RUN')
    const index = foretold.findIndex(({ pattern }) => pattern.test(text))
    if (index < 0) untold.push(text)
    else foretold.splice(index, 1)
  }
  return { untold, unsent: foretold.filter(each => !pushing.test(each.operation)).map(({ text }) => text) }
}
