import { type ScanningConfiguration, scanningConfigurations } from './entities.ts'
import type { Scope } from './repository.ts'

/** What a registry has that was never configured. */
const unset: ScanningConfiguration = { scanType: 'BASIC', rules: [] }

export const scanningConfigurationOf = ({ state, caller, region }: Scope): ScanningConfiguration =>
  state.get(scanningConfigurations, caller.accountId, region) ?? unset
