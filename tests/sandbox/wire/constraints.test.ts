import { describe, expect, test } from 'vitest'
import { constraintError } from '../../../sandbox/wire/constraint-text.ts'
import generated from '../../../sandbox/wire/constraints.generated.json' with { type: 'json' }
import { patternOf, violations } from '../../../sandbox/wire/constraints.ts'
import { type ServiceName, serviceModel } from '../../../sandbox/wire/service-model.ts'

const answerTo = async (service: ServiceName, name: string, input: Record<string, unknown>): Promise<string | null> => {
  const model = (await serviceModel(service)).operation(name)
  if (model === undefined) throw new Error(`no ${name}`)
  const [first, ...rest] = violations(service, model.input, input)
  if (first === undefined) return null
  const { code, status, message } = constraintError(service, [first, ...rest])
  return `${status} ${code} ${message}`
}

const x = (count: number): string => 'x'.repeat(count)
const one = '400 ValidationError 1 validation error detected: '
const untag =
  'Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]'
const tagPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'
const arnPattern = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+'
const ecr = (name: string, what: string): string =>
  `400 InvalidParameterException Invalid parameter at '${name}' failed to satisfy constraint: '${what}'`

// Recorded or pasted answers where the texts' table has one; the others follow their pattern.
describe.each<[ServiceName, string, [string, Record<string, unknown>, string | null][]]>([
  [
    'iam',
    'CreateRole',
    [
      ['fine', { RoleName: 'r', AssumeRolePolicyDocument: '{}' }, null],
      [
        'no name',
        { AssumeRolePolicyDocument: '{}' },
        `${one}Value at 'roleName' failed to satisfy constraint: Member must not be null`,
      ],
      [
        'long name',
        { RoleName: x(65), AssumeRolePolicyDocument: '{}' },
        `${one}Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ],
      [
        'bad name',
        { RoleName: 'a b', AssumeRolePolicyDocument: '{}' },
        '400 ValidationError The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
      ],
      [
        'short session',
        { RoleName: 'r', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 1 },
        `${one}Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600`,
      ],
      [
        '51 tags',
        { RoleName: 'r', AssumeRolePolicyDocument: '{}', Tags: Array(51).fill({ Key: 'k', Value: 'v' }) },
        `${one}Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50`,
      ],
      [
        'long tag key',
        { RoleName: 'r', AssumeRolePolicyDocument: '{}', Tags: [{ Key: x(129), Value: '' }] },
        `${one}Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`,
      ],
      [
        'bad tag key',
        {
          RoleName: 'r',
          AssumeRolePolicyDocument: '{}',
          Tags: [
            { Key: 'a', Value: '' },
            { Key: '<', Value: '' },
          ],
        },
        `${one}Value at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ${tagPattern}`,
      ],
      [
        'letters of the world in a tag',
        { RoleName: 'r', AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'é 語 😀'.slice(0, 3), Value: '' }] },
        null,
      ],
    ],
  ],
  [
    'iam',
    'UntagRole',
    [
      [
        '51 keys',
        { RoleName: 'r', TagKeys: Array(51).fill('k') },
        `${one}Value at 'tagKeys' failed to satisfy constraint: Member must have length less than or equal to 50`,
      ],
      [
        'long key',
        { RoleName: 'r', TagKeys: [x(129)] },
        `${one}Value at 'tagKeys' failed to satisfy constraint: ${untag}`,
      ],
    ],
  ],
  [
    'iam',
    'GetPolicyVersion',
    [
      [
        'bad version',
        { PolicyArn: x(20), VersionId: '1' },
        `${one}Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?`,
      ],
    ],
  ],
  [
    'iam',
    'UpdateAccessKey',
    [
      [
        'bad status',
        { AccessKeyId: x(16), Status: 'On' },
        `${one}Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]`,
      ],
    ],
  ],
  [
    'sts',
    'AssumeRole',
    [
      [
        'empty ARN',
        { RoleArn: '', RoleSessionName: 'xx' },
        `400 ValidationError 2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ${arnPattern}; Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20`,
      ],
      [
        'lengths are code points',
        { RoleArn: x(20), RoleSessionName: 'xx', Tags: [{ Key: '語'.repeat(128), Value: '' }] },
        null,
      ],
      ['a source identity of 256', { RoleArn: x(20), RoleSessionName: 'xx', SourceIdentity: x(256) }, null],
      [
        'a source identity of 257',
        { RoleArn: x(20), RoleSessionName: 'xx', SourceIdentity: x(257) },
        `${one}Value '${x(257)}' at 'sourceIdentity' failed to satisfy constraint: Member must have length less than or equal to 256`,
      ],
    ],
  ],
  [
    'ecr',
    'ListImages',
    [
      [
        'upper case',
        { repositoryName: 'Team' },
        ecr(
          'repositoryName',
          "must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'",
        ),
      ],
      ['no name', {}, ecr('repositoryName', 'must not be null')],
      [
        'bad registry',
        { repositoryName: 'aa', registryId: '1' },
        ecr('registryId', 'must satisfy regular expression [0-9]{12}'),
      ],
      [
        'too many',
        { repositoryName: 'aa', maxResults: 1001 },
        ecr('maxResults', 'must have value less than or equal to 1000'),
      ],
      [
        'bad filter',
        { repositoryName: 'aa', filter: { tagStatus: 'x' } },
        ecr('filter.tagStatus', 'must satisfy enum value set: [TAGGED, UNTAGGED, ANY]'),
      ],
    ],
  ],
])('%s %s', (service, operation, rows) => {
  test.each(rows)('%s', async (_title, input, expected) => {
    expect(await answerTo(service, operation, input)).toBe(expected)
  })
})

test('every pattern of the table is one for JavaScript too', () => {
  const patterns = JSON.stringify(generated, (key, value) => (key === 'pattern' ? { source: value } : value))
  const sources = [...patterns.matchAll(/\{"source":("(?:[^"\\]|\\.)*")\}/g)].map(([, quoted = '""']) =>
    String(JSON.parse(quoted)),
  )
  expect(sources.length).toBeGreaterThan(200)
  for (const source of new Set(sources)) expect(() => patternOf(source), source).not.toThrow()
})

test.each(['iam', 'sts', 'ecr'] as const)(
  'every structure of the table for %s is in the SDK’s model',
  async service => {
    const model = await serviceModel(service)
    const names = new Set<string>()
    for (const name of model.operations()) names.add(model.operation(name)?.input.name ?? '')
    const requests = Object.keys(generated[service]).filter(name => name.endsWith('Request'))
    expect(requests.filter(name => !names.has(name))).toEqual([])
  },
)
