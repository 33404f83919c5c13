const mends: readonly (readonly [RegExp, (profile: string) => string])[] = [
  [/there is no profile `/, () => 'aws configure list-profiles lists those that are there'],
  [/credential_process/, () => 'run that program by hand: it must print the keys as JSON, and end with 0'],
  [
    /which is to hold the token/,
    () => 'AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile, must name a file that you may read',
  ],
  // The portal's own words of a login that it no longer knows do not name it.
  [/\bsso\b|Session token not found or invalid/i, profile => `renew the login: aws sso login${profile}`],
  [
    /one time pass code|no code was given/i,
    () => 'run it again, and type the code that the device shows then: AWS takes each once',
  ],
  [
    /multi-factor|MFA/i,
    () => 'run it on a terminal, where the code is asked for, or use the keys that aws sts get-session-token gives',
  ],
  [/expired/i, () => 'they have expired: renew them where they came from, then run again'],
  [
    /RequestExpired|Signature not yet current|Signature expired/i,
    () => 'set this machine’s clock: lab doctor tells how far it is off',
  ],
]

/** What to do about credentials that cannot be had, or that AWS does not take. */
export function credentialsMend(said: string, profile: string | null): string {
  // The login may be that of a source: the CLI renews it by the profile that says where to log in.
  const [, source, associated] = /source_profile `([^`]+)` of|associated with profile=(\S+)/.exec(said) ?? []
  const named = source ?? associated ?? profile
  const flag = named === null ? '' : ` --profile ${named}`
  const clock = mends.at(-1)
  const mend = clock?.[0].test(said) ? clock : mends.find(([about]) => about.test(said))
  const otherwise =
    profile === null ? 'give a profile with --profile' : `mend the profile \`${profile}\` in your AWS files`
  return mend?.[1](flag) ?? `${otherwise}, or run on the sandbox with --target sandbox`
}
