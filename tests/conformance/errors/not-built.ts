/** Rows that no client can bring about on a target, each with the reason. By `Operation: situation`. */
export interface NotBuilt {
  rows: readonly string[]
  because: string
}

/** On neither target. */
export const nowhere: readonly NotBuilt[] = []

/** On the sandbox only. */
export const notOnAws: readonly NotBuilt[] = [
  {
    rows: ['DeleteRole: service-linked/protected role'],
    because: 'the account may have the role already, and it is not ours',
  },
  { rows: ['AssumeRole: caller is root'], because: 'nobody should have a key of the root user' },
  {
    rows: ['STS/IAM (Query): expired session', 'any ECR op: expired session'],
    because: 'a session lives 15 minutes at least',
  },
  {
    rows: [
      'any ECR op: cross-account and repository policy does not allow',
      'DescribeRepositories: cross-account, no names given',
    ],
    because: 'it takes a second account',
  },
]
