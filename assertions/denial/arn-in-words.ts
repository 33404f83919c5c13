const identities: Record<string, string> = { user: 'user', role: 'role', 'federated-user': 'federated user' }

const isArn = (value: string) => value.startsWith('arn:')

const afterAccount = (arn: string) => arn.split(':').slice(5).join(':')

/** A principal as a person says it: `the role reader (session Practice)`, `the user ann`, `the root user`. */
export const principalInWords = (principal: string): string => {
  if (!isArn(principal)) return principal === 'anonymous' ? 'an anonymous caller' : `\`${principal}\``
  const name = afterAccount(principal)
  if (name === 'root') return 'the root user of the account'
  const [kind = '', ...rest] = name.split('/')
  if (kind === 'assumed-role') {
    const [role = '', ...session] = rest
    return `the role \`${role}\`${session.length === 0 ? '' : ` (session \`${session.join('/')}\`)`}`
  }
  const noun = identities[kind]
  return noun === undefined || rest.length === 0 ? `\`${principal}\`` : `the ${noun} \`${rest.at(-1)}\``
}

/** A resource as a person says it: `the repository team-b/alpine in us-west-2`, `the role deploy`, `all resources`. */
export const resourceInWords = (resource: string): string => {
  if (resource === '*') return 'no particular resource (`*`)'
  if (!isArn(resource)) return `the ${resource.replace(/ (\S+)$/, ' `$1`')}`
  const [, , service = '', region = '', account = ''] = resource.split(':')
  const name = afterAccount(resource)
  const slash = name.indexOf('/')
  const kind = slash < 0 ? '' : name.slice(0, slash)
  const where = region === '' ? '' : ` in ${region}`
  const isNamed = account !== '' && /^[a-z-]+$/.test(kind) && slash < name.length - 1
  return isNamed ? `the ${kind} \`${name.slice(slash + 1)}\`${where}` : `the ${service} resource \`${name}\`${where}`
}

/** The name of the policy that an ARN ends in. */
export const policyInWords = (arn: string): string => arn.split('/').at(-1) ?? arn
