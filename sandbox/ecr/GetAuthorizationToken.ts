import { defineOperation } from '../operation.ts'
import { registryNeed } from './needs.ts'

interface Input {
  registryIds?: string[]
}

const twelveHours = 12 * 60 * 60 * 1000

/** The token stands for the caller: each registry call made with it is authorized again. No resource-based policy can grant it. */
export const GetAuthorizationToken = defineOperation<Input>({
  effect: 'reads',
  needs: call => [registryNeed(call, 'ecr:GetAuthorizationToken')],
  handle({ input, caller, region, now, secrets }) {
    const expiresAt = now + twelveHours
    const password = secrets.registryPassword(caller.accessKeyId, expiresAt)
    return {
      authorizationData: (input.registryIds ?? [caller.accountId]).map(registryId => ({
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: new Date(expiresAt),
        proxyEndpoint: `https://${registryId}.dkr.ecr.${region}.amazonaws.com`,
      })),
    }
  },
})
