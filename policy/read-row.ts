import { compilePolicy } from './compile.ts'
import type { AccessRequest, AttachedPolicy, ContextValue, PolicySet } from './decision.ts'
import { isObject, type JsonObject } from './json.ts'
import { PolicyError, shown } from './policy-error.ts'
import { ruleOf } from './rules/rules.ts'

/** A row's request and the policies that it gives. */
export interface RowQuestion {
  id: string | number | null
  request: AccessRequest
  policies: PolicySet
}

function bad(name: string, expected: string, found: unknown): never {
  throw new PolicyError(
    'InvalidRow',
    `expected ${expected} as \`${name}\`, found ${found === undefined ? 'nothing' : shown(found)}`,
  )
}

function text(row: JsonObject, name: string): string {
  const value = row[name]
  return typeof value === 'string' && value !== '' ? value : bad(name, 'text', value)
}

function optionalText(row: JsonObject, name: string): string | undefined {
  const value = row[name]
  return value === undefined || value === null ? undefined : text(row, name)
}

function attach(document: unknown, name: string): AttachedPolicy {
  if (typeof document !== 'string' && !isObject(document)) bad(name, 'a policy document', document)
  try {
    return { name, policy: compilePolicy(document as string | object) }
  } catch (error) {
    if (error instanceof PolicyError) throw new PolicyError(error.code, `${name}: ${error.message}`)
    throw error
  }
}

/** null where the row gives none; a single document is a list of one. */
function documents(row: JsonObject, name: string): AttachedPolicy[] | null {
  const value = row[name]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) return [attach(value, name)]
  return value.map((document, index) => attach(document, value.length === 1 ? name : `${name}[${index}]`))
}

/** A session without policies is not limited by them: an empty list is none. */
function sessionDocuments(row: JsonObject): AttachedPolicy[] | null {
  const found = documents(row, 'sessionPolicy')
  return found !== null && found.length > 0 ? found : null
}

/** A list of documents is one level; a list of lists is several, root first. */
function levels(row: JsonObject, name: string): AttachedPolicy[][] | null {
  const value = row[name]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) bad(name, 'a list of policy documents, or of lists of them', value)
  if (value.length === 0) return null
  const nested = value.filter(Array.isArray).length
  if (nested === 0) return [documents(row, name) ?? []]
  if (nested !== value.length) bad(name, 'either documents or lists of documents', value)
  return value.map((level: unknown[], i) => level.map((document, j) => attach(document, `${name}[${i}][${j}]`)))
}

function single(row: JsonObject, name: string): AttachedPolicy | null {
  const found = documents(row, name)
  if (found === null || found.length === 0) return null
  return found.length === 1 ? (found[0] ?? null) : bad(name, 'one policy document', row[name])
}

function requestOf(row: JsonObject): AccessRequest {
  const given = text(row, 'principal')
  const principal = given === '*' ? 'anonymous' : given
  const { context = {} } = row
  if (context !== null && !isObject(context)) bad('context', 'an object', context)
  const account = optionalText(row, 'account') ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? null
  const resource = text(row, 'resource')
  return {
    principal,
    account,
    principalId: optionalText(row, 'principalId'),
    issuerArn: optionalText(row, 'issuerArn'),
    action: text(row, 'action'),
    resource,
    resourceAccount: optionalText(row, 'resourceAccount') ?? (resource.split(':')[4] || account || ''),
    context: (context ?? {}) as Record<string, ContextValue>,
  }
}

/** Members that hold policies; a member that looks like one of them but is not would be a policy without a say. */
const policyMembers = new Set([
  ...['identityPolicies', 'permissionBoundaries', 'sessionPolicy', 'resourcePolicy', 'registryPolicy', 'trustPolicy'],
  ...['scps', 'rcps', 'vpcEndpointPolicy', 'vpcEndpointPolicies'],
])

function refuseUnknownPolicies(row: JsonObject): void {
  const unknown = Object.keys(row).find(
    name => /polic|boundar|vpce|[sr]cp/i.test(name) && name !== 'policyType' && !policyMembers.has(name),
  )
  if (unknown !== undefined) {
    throw new PolicyError(
      'InvalidRow',
      `unknown member ${shown(unknown)}, expected one of ${[...policyMembers].join(', ')}`,
    )
  }
}

function policiesOf(row: JsonObject, action: string): PolicySet {
  refuseUnknownPolicies(row)
  const trust = ruleOf(action.toLowerCase()).trust !== undefined
  const ofResource = documents(row, 'resourcePolicy') ?? []
  return {
    identity: documents(row, 'identityPolicies') ?? [],
    boundary: single(row, 'permissionBoundaries'),
    session: sessionDocuments(row),
    resource: [...(trust ? [] : ofResource), ...(documents(row, 'registryPolicy') ?? [])],
    trust: trust ? (single(row, 'trustPolicy') ?? single(row, 'resourcePolicy')) : null,
    scps: levels(row, 'scps'),
    rcps: levels(row, 'rcps'),
    vpcEndpoint: single(row, 'vpcEndpointPolicy') ?? single(row, 'vpcEndpointPolicies'),
  }
}

/**
 * Reads one row of the form that `lab simulate --jsonl` takes: `{ id, principal, account, action, resource, resourceAccount, context,
 * identityPolicies, resourcePolicy, registryPolicy, permissionBoundaries, sessionPolicy, scps, rcps, vpcEndpointPolicy }`; policies are documents or their texts,
 * absent and null mean none. On sts:AssumeRole and its kin `resourcePolicy` (or `trustPolicy`) is the role's trust policy. Members that name no policy (title, expect) are ignored.
 * @throws PolicyError naming what is wrong with the row
 */
export function readRow(row: unknown): RowQuestion {
  if (!isObject(row)) throw new PolicyError('InvalidRow', `expected an object as row, found ${shown(row)}`)
  const request = requestOf(row)
  return { id: idOfRow(row), request, policies: policiesOf(row, request.action) }
}

/** null where there is none, or it is neither text nor a number. */
export function idOfRow(row: unknown): string | number | null {
  const id = isObject(row) ? row.id : null
  return typeof id === 'string' || typeof id === 'number' ? id : null
}
