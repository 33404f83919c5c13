import { judge, type Outcome } from '../../../assertions/index.ts'
import type { Step } from '../../definition/index.ts'
import { strangersAccount } from '../../engine/guard-changes.ts'
import type { Journal } from '../../engine/journal.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import { sendChange } from '../../engine/send-change.ts'
import type { Stage } from '../../engine/stage.ts'
import { accountsNamed } from '../../steps/accounts-named.ts'
import { type AwsCall, effectOf, readAwsCall } from './aws-call.ts'
import { inputOf } from './call-input.ts'
import { cliOutcome } from './cli-outcome.ts'
import { journalStep } from './journal-step.ts'
import { secretsPrinted } from './secret-words.ts'
import type { Answer, Sent, ShimExchange, ShimReply, ShimRequest } from './shim-server.ts'
import { throughCli } from './through-cli.ts'

/** What one command has called so far. */
export interface CallsMade {
  effect: 'reads' | 'credentials' | 'changes'
  name: string
  /** Account of somebody else, for whose sake the guard refused it; null: it was let in. */
  stranger: string | null
}

export interface CallsOf {
  stage: Stage
  journal: Journal
  /** Access key of the lab's caller: whoever calls with another one is asked who he is. */
  callerKey: string
}

/** Answers the shim: reads pass, changes are written down first, and what no journal can name is refused. */
export class PageCalls {
  readonly #options: CallsOf
  readonly #known = new Map<string, { account: string } | null>()
  /** The command that is running, and its page. */
  current: { planned: PlannedLab; step: Step } | null = null
  made: CallsMade[] = []

  constructor(options: CallsOf) {
    this.#options = options
  }

  readonly answer: Answer = async (request, exchange) => {
    const call = await readAwsCall(request.args)
    const effect = effectOf(call)
    const name = call.operation ?? `${call.service} ${call.command}`.trim()
    const made: CallsMade = { effect, name, stranger: null }
    this.made.push(made)
    if (effect === 'reads') return { verb: 'exec' }
    if (effect === 'credentials') {
      this.#keepSecrets(await exchange.go([]))
      return { verb: 'sent' }
    }
    if (call.operation === null) return refused(unknown(call))
    made.stranger = await this.#strangersAccount(request, call, exchange)
    return made.stranger === null ? this.#change(call, made, request, exchange) : refused(notAllowed(made.stranger))
  }

  async #change(call: AwsCall, made: CallsMade, { cwd }: ShimRequest, exchange: ShimExchange): Promise<ShimReply> {
    const { stage, journal } = this.#options
    if (this.current === null || call.operation === null) return refused('no page is being run')
    const { planned, step } = this.current
    let input: Record<string, unknown>
    try {
      input = await inputOf(call, cwd)
    } catch (error) {
      return refused((error as Error).message)
    }
    made.stranger = strangersAccount(stage.target, accountsNamed(input))
    if (made.stranger !== null) return refused(notAllowed(made.stranger))
    const { kind, fields, prepared } = journalStep(call.operation, input)
    const send = async (more: readonly string[]) => {
      const sent = await exchange.go(more)
      if (call.command === 'create-access-key') this.#keepSecrets(sent)
      return { sent, ...cliOutcome(sent) }
    }
    await sendChange({
      planned,
      step: { ...step, kind: kind.kind },
      prepared: throughCli({ prepared, operation: call.operation, input, send }),
      fields,
      context: stage.context(planned, null),
      judged: (outcome: Outcome) =>
        judge({ kind: 'allow', output: undefined }, outcome, { actions: [], principal: null }),
      journal,
      eventual: false,
      within: 0,
      stays: 0,
      waiting: () => undefined,
    })
    return { verb: 'sent' }
  }

  #keepSecrets({ stdout }: Sent): void {
    for (const secret of secretsPrinted(stdout)) this.#options.stage.secrets.add(secret)
  }

  /** Whose account the caller is of, where no guard has passed it as it has those of the lab's own identities; null: it may go. */
  async #strangersAccount(request: ShimRequest, { profile }: AwsCall, exchange: ShimExchange): Promise<string | null> {
    const { target } = this.#options.stage
    const own = profile ?? request.profile
    if (target.name === 'sandbox' || (own === '' && request.accessKeyId === this.#options.callerKey)) return null
    const key = `${own} ${request.accessKeyId}`
    const who = this.#known.get(key) ?? (await exchange.who(own))
    this.#known.set(key, who)
    if (who === null) return 'unknown'
    const allowed = [target.place.account, ...[...target.identities.values()].map(({ arn }) => arn.split(':')[4])]
    return allowed.includes(who.account) ? null : who.account
  }
}

const notAllowed = (account: string): string => `this call would change account ${account}, which no guard has allowed`

const unknown = ({ service, command }: AwsCall): string =>
  `\`aws ${service} ${command}\` may change something that no journal here can name: pages may change ECR and IAM`

const refused = (reason: string): ShimReply => ({ verb: 'say', code: 252, stdout: '', stderr: `lab: ${reason}\n` })
