import { LabError } from '../lab-error.ts'
import type { Aws } from '../steps/step-kind.ts'

const hollow = new WeakSet<Aws>()

/** An identity that is known by its ARN alone, without credentials: the user behind an access key that was shown to somebody else. */
export function hollowIdentity(arn: string): Aws {
  const message = `there are no credentials of ${arn} here`
  const aws: Aws = {
    arn,
    call: async () => ({
      ...{ outcome: 'failed', cause: 'credentials', code: 'NoCredentials', message },
      ...{ httpStatus: null, requestId: null },
    }),
    credentials: async () => {
      throw new LabError(3, 'credentials', message)
    },
  }
  hollow.add(aws)
  return aws
}

export const isHollow = (aws: Aws): boolean => hollow.has(aws)
