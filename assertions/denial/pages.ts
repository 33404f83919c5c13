const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide'

/** AWS's pages that a refusal is explained by. */
export const pages = {
  denied: `${iam}/troubleshoot_access-denied.html`,
  evaluation: `${iam}/reference_policies_evaluation-logic.html`,
  boundary: `${iam}/access_policies_boundaries.html`,
  session: `${iam}/access_policies.html#policies_session`,
  roles: `${iam}/troubleshoot_roles.html`,
  serviceControl: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  resourceControl: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  endpoint: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  lattice: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html',
  repository: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
  bucket: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html',
} as const
