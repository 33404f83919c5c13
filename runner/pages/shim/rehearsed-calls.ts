import { operationTable } from '../../definition/index.ts'
import { after, placeholder } from '../../engine/dry-run.ts'
import type { Emit } from '../../engine/events.ts'
import { readAwsCall } from './aws-call.ts'
import { inputOf } from './call-input.ts'
import type { CallsMade, PageCalls } from './page-calls.ts'
import type { Answer, ShimReply } from './shim-server.ts'

/** Answers the shim of a dry run: each call is told, none is sent, and what it would answer stands as `<after STEP>`. */
export class RehearsedCalls {
  readonly #emit: Emit
  readonly #arn: string
  current: PageCalls['current'] = null
  made: CallsMade[] = []

  constructor(emit: Emit, arn: string) {
    this.#emit = emit
    this.#arn = arn
  }

  readonly answer: Answer = async ({ args, cwd }) => {
    const call = await readAwsCall(args)
    const text = after(this.current?.step.id ?? 'this')
    if (call.service === 'configure') return say('')
    if (call.operation === null) {
      this.#emit({ type: 'note', text: `not run in a dry run: aws ${args.join(' ')}` })
      return say(`${text}\n`)
    }
    const input = await inputOf(call, cwd).catch(() => ({}))
    this.#emit({ type: 'would-send', operation: call.operation, input, as: call.profile ?? this.#arn })
    const hidden = call.options.has('query') || call.options.get('output')?.[0] === 'text'
    const shape = (await operationTable())[call.operation]?.output ?? {}
    if (hidden) return say(`${text}\n`)
    return say(Object.keys(shape).length === 0 ? '' : `${JSON.stringify(placeholder(shape, text), null, 4)}\n`)
  }
}

const say = (stdout: string): ShimReply => ({ verb: 'say', code: 0, stdout, stderr: '' })
