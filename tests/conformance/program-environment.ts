import { onAws } from './on-aws.ts'
import type { ClientConfig, Target } from './target.ts'

/** What another program gets to talk to the target with these keys: nothing else of the person's AWS variables. */
export const programEnvironment = (
  { region }: Target,
  { accessKeyId, secretAccessKey }: NonNullable<ClientConfig['credentials']>,
  home: string,
): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  HOME: home,
  // A manager of Python versions looks for them in the person's home.
  ...(process.env.PYENV_ROOT === undefined ? {} : { PYENV_ROOT: process.env.PYENV_ROOT }),
  ...(onAws && process.env.AWS_ENDPOINT_URL ? { AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL } : {}),
  ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  ...{ AWS_DEFAULT_REGION: region, AWS_PAGER: '', AWS_MAX_ATTEMPTS: onAws ? '3' : '1' },
})
