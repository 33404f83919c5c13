import { defineOperation } from '../operation.ts'

/** Needs no permission: not even an explicit deny stops it. */
export const GetCallerIdentity = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: () => [],
  handle: ({ caller }) => ({ Arn: caller.arn, UserId: caller.userId, Account: caller.accountId }),
})
