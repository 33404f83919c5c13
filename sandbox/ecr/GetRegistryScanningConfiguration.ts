import { defineOperation } from '../operation.ts'
import { registryNeed } from './needs.ts'
import { scanningConfigurationOf } from './scanning-configuration.ts'

export const GetRegistryScanningConfiguration = defineOperation<Record<string, never>>({
  effect: 'reads',
  needs: call => [registryNeed(call, 'ecr:GetRegistryScanningConfiguration')],
  handle: call => ({ registryId: call.caller.accountId, scanningConfiguration: scanningConfigurationOf(call) }),
})
