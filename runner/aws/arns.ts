/** The place a call goes to; see AwsPlace. */
interface Where {
  partition: string
  account: string
  region: string
}

export const repositoryArn = (where: Where, name: string): string =>
  `arn:${where.partition}:ecr:${where.region}:${where.account}:repository/${name}`

/** `path` begins and ends with a slash. */
export const iamArn = (
  where: Where,
  type: 'role' | 'policy' | 'user' | 'group' | 'instance-profile',
  path: string,
  name: string,
): string => `arn:${where.partition}:iam::${where.account}:${type}${path}${name}`

/** `team_a` of `arn:aws:iam::111122223333:role/path/team_a`; the text itself when it is no ARN. */
export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** GovCloud and China have partitions of their own. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

/** `111122223333` of any ARN that names an account; null where it names none. */
export const accountOf = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null
