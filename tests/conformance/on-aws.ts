import { beforeEach } from 'vitest'

/** Whether the suite runs against the real AWS. */
export const onAws = process.env.CONFORMANCE_TARGET === 'aws'

/** For a file, or a group of tests, that asks what only the sandbox can be asked: skipped on AWS, with the reason. */
export const onSandboxOnly = (reason: string): void => {
  beforeEach(({ skip }) => skip(onAws, `only the sandbox: ${reason}`))
}
