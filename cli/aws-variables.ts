/** A path at which there is never a file. */
const nothing = process.platform === 'win32' ? 'NUL' : '/dev/null'

/** The SDK warns of Node 20's end on stderr, before every command. */
const quietSdk = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }

/** Silences the SDK's warning. Before the SDK is loaded. */
export function silenceSdk(env: Record<string, string | undefined>): void {
  Object.assign(env, quietSdk)
}

/**
 * Takes every AWS variable out of the environment and points the SDK's files at nothing: the sandbox must not touch the person's
 * accounts, whatever is configured. Before the SDK is loaded.
 */
export function hideAwsConfiguration(env: Record<string, string | undefined>): void {
  for (const name of Object.keys(env)) if (/^AWS_/i.test(name)) delete env[name]
  Object.assign(env, quietSdk, {
    AWS_CONFIG_FILE: nothing,
    AWS_SHARED_CREDENTIALS_FILE: nothing,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  })
}

/** Puts back what hideAwsConfiguration took: one teardown may have both targets to go to. */
export function restoreAwsConfiguration(
  env: Record<string, string | undefined>,
  original: Readonly<Record<string, string | undefined>>,
): void {
  for (const name of Object.keys(env)) if (/^AWS_/i.test(name)) delete env[name]
  for (const [name, value] of Object.entries(original)) if (/^AWS_/i.test(name)) env[name] = value
}

/** Variables without any of AWS's. */
export const withoutAws = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || /^AWS_/i.test(name) ? [] : [[name, value]])),
  )
