import { defineOperation } from '../operation.ts'
import { registryNeed } from './needs.ts'

/** The sandbox replicates nothing, and PutReplicationConfiguration is not served: there are no rules. */
export const DescribeRegistry = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: call => [registryNeed(call, 'ecr:DescribeRegistry')],
  handle: ({ caller }) => ({ registryId: caller.accountId, replicationConfiguration: { rules: [] } }),
})
