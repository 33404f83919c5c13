import { defineOperation } from '../operation.ts'
import { type ScanningConfiguration, scanningConfigurations } from './entities.ts'
import { registryNeed } from './needs.ts'

/** The setting is kept; the sandbox scans nothing. */
export const PutRegistryScanningConfiguration = defineOperation<Partial<ScanningConfiguration>>({
  effect: 'changes',
  needs: call => [registryNeed(call, 'ecr:PutRegistryScanningConfiguration')],
  handle({ input: { scanType = 'BASIC', rules = [] }, state, caller, region }) {
    const registryScanningConfiguration = { scanType, rules }
    state.put(scanningConfigurations, registryScanningConfiguration, caller.accountId, region)
    return { registryScanningConfiguration }
  },
})
