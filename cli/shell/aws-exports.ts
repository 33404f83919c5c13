/** The person's own keys, which the aws CLI would take before any profile. */
export const noOwnKeys: Readonly<Record<string, null>> = {
  AWS_ACCESS_KEY_ID: null,
  AWS_SECRET_ACCESS_KEY: null,
  AWS_SESSION_TOKEN: null,
}

export interface Exported {
  credentialsFile: string
  profile: string | null
  region: string
  endpoint: string | null
}

/** What a shell must have set to use a profile file: names of files, never a secret. */
export const awsExports = ({
  credentialsFile,
  profile,
  region,
  endpoint,
}: Exported): Record<string, string | null> => ({
  ...noOwnKeys,
  AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
  ...(profile === null ? {} : { AWS_PROFILE: profile }),
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  ...(endpoint === null ? {} : { AWS_ENDPOINT_URL: endpoint }),
})
