import type { Outcome } from '../../assertions/index.ts'
import { accountOf } from '../aws/arns.ts'
import { isRead } from '../aws/retry.ts'
import type { Target } from '../aws/target.ts'
import type { Aws } from '../steps/step-kind.ts'
import type { Emit } from './events.ts'
import { keptBack } from './kept-back.ts'
import { KeptChanges } from './kept-changes.ts'

/**
 * A target that sends reads and keeps changes back: each change is told as it would be sent, and answered as allowed, with nothing in it; what
 * is read afterwards is as the changes would have left it. The code in front of it is the same as in a real run.
 */
export function dryTarget(target: Target, emit: Emit): Target {
  const kept = new KeptChanges()
  const dry = (aws: Aws): Aws => {
    const account = accountOf(aws.arn) ?? target.place.account
    return {
      ...aws,
      exchange: keptBack(aws.arn, emit),
      call: async (operation, input): Promise<Outcome> => {
        if (isRead(operation)) return kept.seen(account, operation, input, await aws.call(operation, input))
        emit({ type: 'would-send', operation, input, as: aws.arn })
        kept.keep(account, operation, input)
        return { outcome: 'allowed', output: {}, httpStatus: null, requestId: null }
      },
    }
  }
  return {
    ...target,
    caller: dry(target.caller),
    identities: new Map([...target.identities].map(([name, aws]) => [name, dry(aws)])),
    as: (credentials, arn, renew) => dry(target.as(credentials, arn, renew)),
  }
}
