const partitions = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
])
const isPartition = (text: string): boolean => partitions.has(text) || /[*?]/.test(text)

const iamPaths = [
  ...['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/'],
  ...['sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'],
]

/** A real ARN with too few fields or without a service. Recorded only where the partition is a real one. */
export function failsLegacyParsing(resource: string): boolean {
  const parts = resource.split(':')
  if (parts[0] !== 'arn' || !isPartition(parts[1] ?? '') || parts.length < 3) return false
  return parts[2] === '' || (parts.length === 5 && !parts.some(part => part.endsWith('*')))
}

/** AWS's complaint of one resource, or null. Missing fields read as `*`, and the first field as `arn` whatever it is. */
export function resourceFault(resource: string): string | null {
  if (/^\*+$/.test(resource)) return null
  if (!resource.includes(':')) return `Resource ${resource} must be in ARN format or "*".`
  const given = resource.split(':')
  const parts = ['arn', ...given.slice(1), ...Array<string>(Math.max(0, 6 - given.length)).fill('*')]
  const [, partition = '', vendor = '', region = '', , ...rest] = parts
  if (!isPartition(partition)) return `Partition "${partition}" is not valid for resource "${parts.join(':')}".`
  if (given[0] !== 'arn') return `Resource ${resource} must be in ARN format or "*".`
  if (/[*?]/.test(vendor)) return 'Resource vendor must be fully qualified and cannot contain regexes.'
  if (vendor === 's3' && region !== '') return `Resource ${resource} can not contain region information.`
  if (vendor !== 'iam' || given.length < 4) return null
  if (region !== '' && given.length > 3) return `IAM resource ${resource} cannot contain region information.`
  const path = rest.join(':')
  if (path === '*' || path === 'root' || iamPaths.some(start => path.startsWith(start))) return null
  return `IAM resource path must either be "*", root, or start with ${iamPaths.join(', ')}.`
}
