import { organizationId } from '../../../sandbox/organization.ts'
import { questions } from './questions.ts'
import { NotBuilt, partsOf, policyText, type Row } from './row.ts'

const accounts = ['111122223333', '444455556666']

/** Condition keys that a request to the sandbox can be made to carry. */
const carried =
  /^(aws:(PrincipalTag|RequestTag|ResourceTag)\/.*|ecr:ResourceTag\/.*|aws:TagKeys|aws:PrincipalOrgID|aws:SourceIp|aws:MultiFactorAuthPresent|aws:TokenIssueTime|sts:(ExternalId|RoleSessionName))$/

/** Keys with which every request comes, and the value where it is known; a row that lacks them is about another request. */
const present = (row: Row): Record<string, string | null> => ({
  'aws:SourceIp': null,
  'aws:CurrentTime': null,
  'aws:EpochTime': null,
  'aws:SecureTransport': 'true',
  'aws:ViaAWSService': 'false',
  'aws:RequestedRegion': row.resource.split(':')[3] || 'us-east-1',
  ...(partsOf(row.principal)?.kind === 'assumed-role'
    ? { 'aws:MultiFactorAuthPresent': 'false', 'aws:TokenIssueTime': null }
    : {}),
  ...(row.scps || row.context['aws:PrincipalOrgID'] ? { 'aws:PrincipalOrgID': organizationId } : {}),
})

/** @throws NotBuilt for what is known to be out of reach before anything is made */
export const refuseUnreachable = (row: Row): void => {
  if (questions[row.action.toLowerCase()] === undefined) throw new NotBuilt(`the sandbox does not serve ${row.action}`)
  const caller = partsOf(row.principal)
  if (caller === null) throw new NotBuilt(`no request is signed by ${row.principal}`)
  for (const account of [caller.account, row.resourceAccount])
    if (!accounts.includes(account)) throw new NotBuilt(`the sandbox has no account ${account}`)
  if (row.vpcEndpointPolicy) throw new NotBuilt('the sandbox has no VPC endpoints')
  if (row.scps?.some(Array.isArray)) throw new NotBuilt('the sandbox has one level of SCPs')
  refuseOtherContext(row)
}

const refuseOtherContext = (row: Row): void => {
  const supplied = present(row)
  for (const [key, value] of Object.entries(row.context)) {
    if (key in supplied && supplied[key] === String(value)) continue
    if (!carried.test(key)) throw new NotBuilt(`no request carries ${key}=${String(value)}`)
  }
  const text = policyText(row).toLowerCase()
  for (const key of Object.keys(supplied)) {
    if (text.includes(`"${key.toLowerCase()}"`) && !(key in row.context) && key !== 'aws:RequestedRegion')
      throw new NotBuilt(`every request carries ${key}, the row has none`)
  }
}

/** Addresses and the organization of the documentation are put where the sandbox has its own; nothing that is compared changes. */
export const inSandboxTerms = (row: Row): Row => {
  const address = row.context['aws:SourceIp']
  const organization = row.context['aws:PrincipalOrgID']
  let text = JSON.stringify(row)
  if (typeof organization === 'string') text = text.replaceAll(organization, organizationId)
  if (typeof address === 'string') {
    // Any address of the loopback network can be called from where the system has them all.
    if (process.platform !== 'linux') throw new NotBuilt("a source address of one's own needs Linux")
    if (
      /::|0\.0\.0\.0/.test(text.slice(text.indexOf('identityPolicies'))) &&
      /SourceIp":\s*"[^"]*(::|0\.0\.0\.0)/.test(text)
    )
      throw new NotBuilt('only IPv4 addresses of small networks have a like on loopback')
    text = text.replaceAll(/\b\d{1,3}(\.\d{1,3}\.\d{1,3}\.\d{1,3})\b/g, '127$1')
  }
  return JSON.parse(text) as Row
}
