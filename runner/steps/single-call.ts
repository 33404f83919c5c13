import type { Outcome } from '../../assertions/index.ts'
import { cliLine } from './cli-line.ts'
import type { AwsPlace, PreparedStep } from './step-kind.ts'

export interface SingleCall {
  /** `ecr:ListImages`; also the action it needs, unless `action` says otherwise. */
  operation: string
  input: Record<string, unknown>
  title: string
  /** The ARN that the permission is for, or `*`. */
  on: (place: AwsPlace) => string
  /** Short words for the line: `1 image`. */
  detail?: (output: unknown) => string | undefined
}

/** Members that are set: an absent option is not sent. */
export const given = (input: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

/** The parts that follow from a step being one API call: actions, permission, CLI line, run. */
export function singleCall({ operation, input, title, on, detail }: SingleCall) {
  const sent = given(input)
  return {
    title,
    actions: [operation],
    permissions: place => ({ run: [{ action: operation, resource: on(place) }], verify: [], undo: [] }),
    commands: () => [cliLine(operation, sent)],
    resource: () => null,
    request: place => ({ action: operation, resource: on(place) }),
    run: async ({ aws }) => {
      const outcome = await aws.call(operation, sent)
      return { outcome, detail: detailOf(outcome, detail) }
    },
  } satisfies PreparedStepParts
}

type PreparedStepParts = Omit<PreparedStep, 'effect'>

const detailOf = (outcome: Outcome, detail: SingleCall['detail']): string | undefined =>
  outcome.outcome === 'allowed' ? detail?.(outcome.output) : undefined

/** `1 image`, `3 images`. */
export const count = (n: number, noun: string): string =>
  `${n} ${n === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
