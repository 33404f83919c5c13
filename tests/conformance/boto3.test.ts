import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { programEnvironment } from './program-environment.ts'
import { conformanceTarget } from './target.ts'

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0

// Where python3 has no boto3 these are skipped, not passed.
describe.skipIf(!hasBoto3)('boto3', () => {
  let world: World
  let name: string
  let found: Record<string, unknown>
  beforeAll(async () => {
    world = worldOn(await conformanceTarget(), { later: 0 })
    name = world.name()
    const { credentials } = await world.user(allow(needed))
    world.made('iam', 'CreateRole', { RoleName: name }, {})
    world.made('ecr', 'CreateRepository', { repositoryName: name }, {})
    const script = join(import.meta.dirname, 'boto3-calls.py')
    const { sandbox, region } = world.target
    const home = mkdtempSync(join(tmpdir(), 'accesslab-boto3-'))
    const env = programEnvironment(world.target, credentials, home)
    const run = promisify(execFile)('python3', [script, sandbox?.endpoint ?? '', region, name], { env })
    found = JSON.parse((await run).stdout) as Record<string, unknown>
    rmSync(home, { recursive: true })
  }, 300_000)
  afterAll(() => world.close(), 600_000)

  const arn = () => `arn:aws:ecr:${world.region}:${world.accountId}:repository/${name}`
  const session = () => `arn:aws:sts::${world.accountId}:assumed-role/${name}/from-boto`

  test('reads what it wrote, page by page, documents as objects and times with their zone', () => {
    expect(found).toMatchObject({
      account: world.accountId,
      role: { document: true, tags: [{ Key: 'team', Value: 'a b/é' }], created: 0 },
      pages: [['p0', 'p1', 'p2'], ['p3', 'p4', 'p5'], ['p6']],
      inline: true,
      empty: [],
      repository: [arn(), true],
    })
  })

  test('acts as the role that it assumes', () => {
    expect(found).toMatchObject({ session: session(), images: [] })
  })

  test('has a presigned request served', () => {
    expect(found).toMatchObject({ presignedAnswer: 200 })
    if (world.target.sandbox !== null) expect(found).toMatchObject({ presigned: `${world.target.sandbox.endpoint}/` })
  })

  const denied = () =>
    `User: ${session()} is not authorized to perform: ecr:DescribeImages on resource: ${arn()} because no identity-based policy allows the ecr:DescribeImages action`

  test.each<[string, () => [string, number, string] | string]>([
    ['taken', () => ['EntityAlreadyExists', 409, `Role with name ${name} already exists.`]],
    ['missing', () => ['NoSuchEntity', 404, `The role with name ${name}-nobody cannot be found.`]],
    [
      'length',
      () => [
        'ValidationError',
        400,
        "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
      ],
    ],
    [
      'repository',
      () => [
        'RepositoryNotFoundException',
        400,
        `The repository with name '${name}-nothing' does not exist in the registry with id '${world.accountId}'`,
      ],
    ],
    ['denied', () => ['AccessDeniedException', 400, denied()]],
    [
      'policy',
      () => [
        'RepositoryPolicyNotFoundException',
        400,
        `Repository policy does not exist for the repository with name '${name}' in the registry with id '${world.accountId}'`,
      ],
    ],
    ['unsent', () => "botocore's own check"],
  ])('is refused: %s', (what, expected) => {
    const refusal = (found.refusals as Record<string, unknown>)[what]
    const wanted = expected()
    // AWS promises codes, not sentences.
    if (onAws && Array.isArray(wanted)) expect(refusal).toEqual([...wanted.slice(0, 2), expect.any(String)])
    else expect(refusal).toEqual(wanted)
  })

  test.skipIf(onAws)('is told what the sandbox does not serve', () => {
    const unserved = (found.refusals as Record<string, unknown>).unserved
    expect(unserved).toEqual(['NotImplemented', 501, 'iam:GetCredentialReport is not implemented by the sandbox'])
  })
})

/** What the script does. */
const needed = [
  ...['iam:CreateRole', 'iam:TagRole', 'iam:GetRole', 'iam:PutRolePolicy', 'iam:GetRolePolicy', 'iam:ListRolePolicies'],
  ...['iam:ListAttachedRolePolicies', 'iam:GetCredentialReport', 'sts:AssumeRole', 'ecr:CreateRepository'],
  ...['ecr:ListImages', 'ecr:GetRepositoryPolicy'],
]
