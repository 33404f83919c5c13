import { isMap } from './raw-steps.ts'

type JsonObject = Record<string, unknown>
type Examples = Readonly<Record<string, unknown>>

/** Of the keys of labs.yaml, by their path. */
export const catalogueExamples: Examples = {
  labs: ['ecr-repositories', 'identity-policies'],
  pages: ['pages/*.md'],
  'pages.page': 'pages/*.md',
  'pages.needs': ['ecr-repositories'],
  'pages.env': { TEAM: 'team-a' },
  region: 'us-west-2',
  timings: { within: '60s', stays: '5s' },
  'timings.within': '60s',
  'timings.stays': '5s',
  identities: { partner: { profile: 'partner-account' } },
  'identities.profile': 'partner-account',
  guard: { accounts: ['111122223333'], regions: ['us-west-2'], alias: '*sandbox*' },
  'guard.accounts': ['111122223333'],
  'guard.regions': ['us-west-2'],
  'guard.alias': '*sandbox*',
  created: { path: '/workshop/', tags: { owner: 'workshop' } },
  'created.path': '/workshop/',
  'created.permissions-boundary': 'arn:aws:iam::111122223333:policy/workshop-boundary',
  'created.tags': { owner: 'workshop' },
}

/** Of the keys of lab.yaml that are no step kind's, by their path. */
export const labExamples: Examples = {
  id: 'identity-policies',
  title: 'Manage access to ECR repositories with IAM identity-based policies',
  description: "A role may list one team's images, and nobody else's.",
  source: 'Workshop page "Manage access"',
  needs: ['ecr-repositories'],
  names: { role: 'ecr_access_teama_role' },
  vars: { retention: 7 },
  env: { ECR_REPO_A: '{{names.repoA}}' },
  minimum: 3,
  steps: [{ id: 'repository', 'create-repository': { 'repository-name': '{{names.repoA}}' } }],
  'steps.id': 'team-b-denied',
  'steps.as': 'ecrTester',
  'steps.identity': 'ecrTester',
  'steps.allow': { imageIds: [{ imageTag: 'v1' }] },
  'steps.deny': 'because no identity-based policy allows the ecr:ListImages action',
  'steps.deny.action': 'ecr:ListImages',
  'steps.deny.principal': 'arn:aws:sts::{{account}}:assumed-role/ecr_access_teama_role/ECR-Access-Testing',
  'steps.deny.resource': 'arn:aws:ecr:{{region}}:{{account}}:repository/team-b/alpine',
  'steps.deny.code': 'AccessDeniedException',
  'steps.deny.text': 'because no identity-based policy allows the ecr:ListImages action',
  'steps.deny.sentence':
    'User: ... is not authorized to perform: ecr:ListImages on resource: ... because no identity-based policy allows the ecr:ListImages action',
  'steps.error': { code: 'MalformedPolicyDocument', message: '*principal*' },
  'steps.error.code': 'MalformedPolicyDocument',
  'steps.error.message': '*principal*',
  'steps.within': '90s',
  'steps.stays': '10s',
  'steps.points': 2,
  'steps.hint': 'Nothing has granted it on team-b yet.',
  'steps.supersedes': ['identity-policies/team-a-allowed'],
  'steps.parallel': [{ id: 'repository', 'create-repository': { 'repository-name': '{{names.repoA}}' } }],
}

/** Of AWS's fields by their names, where a kind's own example does not show them: they mean the same in each. */
const fieldExamples: Examples = {
  description: 'May list the images of team-a',
  'duration-seconds': 3600,
  env: { AWS_PAGER: '' },
  'external-id': 'workshop-4711',
  file: 'policies/trust.json',
  filter: { 'tag-status': 'TAGGED' },
  'image-digest': `sha256:${'9f2c41d0'.repeat(8)}`,
  'image-ids': [{ 'image-tag': 'v1' }],
  'image-manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
  'image-tag': 'v1',
  input: { repositoryName: 'team-a/alpine' },
  layers: 2,
  'max-results': 10,
  'max-session-duration': 3600,
  operation: 'DeleteRepository',
  path: '/workshop/',
  'permissions-boundary': '{{steps.boundary.Policy.Arn}}',
  policy: { file: 'policies/session.json' },
  'policy-arns': ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  'registry-id': '{{account}}',
  'repository-names': ['team-a/alpine'],
  size: '1KiB',
  'source-identity': 'alice',
  tags: { team: 'team-a' },
  undo: ['aws', 'ecr', 'delete-repository', '--repository-name', 'team-a/alpine'],
}

/** Gives every key of a schema an example, where there is one to give. `example`: what the object as a whole looks like. */
export function giveExamples(schema: unknown, byPath: Examples, example: unknown, path: readonly string[] = []): void {
  if (Array.isArray(schema)) for (const each of schema) giveExamples(each, byPath, example, path)
  if (!isMap(schema)) return
  for (const [key, value] of Object.entries(isMap(schema.properties) ? schema.properties : {})) {
    if (!isMap(value) || '$ref' in value) continue
    const at = [...path, key]
    const shown = memberOf(example, key)
    const found = byPath[at.join('.')] ?? shown ?? known(value) ?? fieldExamples[key]
    if (value.examples === undefined && found !== undefined) value.examples = [found]
    giveExamples(value, byPath, found, at)
  }
  for (const [key, value] of Object.entries(schema))
    if (['items', 'anyOf', 'oneOf', 'allOf', 'additionalProperties'].includes(key))
      giveExamples(value, byPath, key === 'items' ? firstOf(example) : example, path)
}

const firstOf = (example: unknown): unknown => (Array.isArray(example) ? example[0] : example)

const memberOf = (example: unknown, key: string): unknown =>
  isMap(firstOf(example)) ? (firstOf(example) as JsonObject)[key] : undefined

/** What the schema itself tells: a choice, a switch. */
function known(schema: JsonObject): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const alternatives = Array.isArray(schema.anyOf) ? schema.anyOf : []
  return [schema, ...alternatives].some(each => isMap(each) && each.type === 'boolean') ? true : undefined
}
