import { AwsError } from '../errors.ts'
import type { Role } from './entities.ts'
import { role, type Scope } from './holder.ts'

/** What AWS calls the role of a service: only those that workshops on containers meet are known here. */
const names: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'ecs.amazonaws.com': 'AWSServiceRoleForECS',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'pullthroughcache.ecr.amazonaws.com': 'AWSServiceRoleForECRPullThroughCache',
  'replication.ecr.amazonaws.com': 'AWSServiceRoleForECRReplication',
}

export const linkedRoleName = (service: string, suffix: string | undefined): string | null => {
  const name = Object.hasOwn(names, service) ? names[service] : undefined
  if (name === undefined) return null
  return suffix === undefined ? name : `${name}_${suffix}`
}

export const linkedRolePath = (service: string): string => `/aws-service-role/${service}/`

export const linkedTrust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

/** Throws NoSuchEntity for a role that is there but not linked to a service, too. */
export const linkedRoleNamed = (scope: Scope, name: string): Role => {
  const found = role.named(scope, name)
  if (found.Path.startsWith('/aws-service-role/')) return found
  throw new AwsError('NoSuchEntity', 404, `The role with name ${name} cannot be found.`)
}
