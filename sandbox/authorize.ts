import { AwsError } from './errors.ts'
import type { Call, Need } from './operation.ts'
import type { ServiceName } from './wire/service-model.ts'

/** One check and its outcome, as the log shows it. */
export interface Judged {
  action: string
  resource: string
}

/** @throws AwsError NotImplemented until policies are evaluated */
export const authorize = (_call: Call, _service: ServiceName, needs: readonly Need[], _checks: Judged[]): void => {
  const [need] = needs
  if (need !== undefined)
    throw new AwsError('NotImplemented', 501, `authorization of ${need.action} is not implemented by the sandbox`)
}
