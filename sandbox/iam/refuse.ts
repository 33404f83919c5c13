import { AwsError } from '../errors.ts'

/** Throws a validator's finding in AWS's words; null is no finding. */
export const refuse = (finding: { code: string; status: number; message: string } | null): void => {
  if (finding !== null) throw new AwsError(finding.code, finding.status, finding.message)
}
