import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, trustOf, type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { programEnvironment } from './program-environment.ts'
import { conformanceTarget } from './target.ts'

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)))

let world: World
let home: string
let env: Record<string, string | undefined>
let role: string
let repository: string
let caller: string
beforeAll(async () => {
  world = worldOn(await conformanceTarget(), { later: 0 })
  ;[role, repository] = [world.name(), world.name()]
  const needed = ['iam:CreateRole', 'iam:TagRole', 'iam:GetRole', 'iam:GetCredentialReport']
  const user = await world.user(allow([...needed, 'ecr:CreateRepository', 'ecr:ListImages', 'sts:AssumeRole']))
  caller = user.Arn
  home = mkdtempSync(join(tmpdir(), 'accesslab-cli-'))
  env = programEnvironment(world.target, user.credentials, home)
}, 120_000)
afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  await world.close()
}, 600_000)

interface Result {
  code: number
  stdout: string
  stderr: string
}

const aws = (...words: string[]): Promise<Result> => {
  const { sandbox } = world.target
  const endpoint = sandbox === null ? [] : ['--endpoint-url', sandbox.endpoint]
  return new Promise(resolve => {
    execFile('aws', [...endpoint, '--output', 'json', ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

/** What a command printed. Asked again where AWS does not know yet what was made. */
const printed = (...words: string[]) =>
  world.settled(async () => {
    const { code, stdout, stderr } = await aws(...words)
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout)
  })

// Where there is no aws CLI on the PATH these are skipped, not passed.
describe.skipIf(!onPath('aws'))('the real aws CLI', () => {
  test('reads what it wrote', async () => {
    const trust = trustOf(`arn:aws:iam::${world.accountId}:root`)
    const file = join(home, 'trust.json')
    writeFileSync(file, trust)
    expect(await printed('sts', 'get-caller-identity')).toMatchObject({ Arn: caller })
    world.made('iam', 'CreateRole', { RoleName: role }, {})
    const document = ['--assume-role-policy-document', `file://${file}`]
    const created = await printed('iam', 'create-role', '--role-name', role, ...document, '--tags', 'Key=team,Value=a')
    expect(created.Role).toMatchObject({
      RoleName: role,
      AssumeRolePolicyDocument: JSON.parse(trust),
      Tags: [{ Key: 'team', Value: 'a' }],
    })
    world.made('ecr', 'CreateRepository', { repositoryName: repository }, {})
    expect((await printed('ecr', 'create-repository', '--repository-name', repository)).repository).toMatchObject({
      repositoryArn: `arn:aws:ecr:${world.region}:${world.accountId}:repository/${repository}`,
    })
    const asked = ['--role-arn', world.arn('role', role), '--role-session-name', 'from-cli']
    expect((await printed('sts', 'assume-role', ...asked)).AssumedRoleUser.Arn).toBe(
      `arn:aws:sts::${world.accountId}:assumed-role/${role}/from-cli`,
    )
  })

  test.each<[string, () => string[], () => string]>([
    [
      '(NoSuchEntity) when calling the GetRole operation: ',
      () => ['iam', 'get-role', '--role-name', `${role}-nobody`],
      () => `The role with name ${role}-nobody cannot be found.`,
    ],
    [
      '(RepositoryNotFoundException) when calling the ListImages operation: ',
      () => ['ecr', 'list-images', '--repository-name', `${repository}-nothing`],
      () =>
        `The repository with name '${repository}-nothing' does not exist in the registry with id '${world.accountId}'`,
    ],
    [
      '(AccessDenied) when calling the AssumeRole operation: ',
      () => [
        ...['sts', 'assume-role', '--role-session-name', 'x-y'],
        ...['--role-arn', world.arn('role', `${role}-nobody`)],
      ],
      () =>
        `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${world.arn('role', `${role}-nobody`)}`,
    ],
  ])('prints the error %s', async (beginning, words, text) => {
    const result = await aws(...words())
    // AWS promises codes, not sentences; newer versions of the CLI name the error's kind before it.
    if (onAws) expect(result.stderr).toContain(beginning)
    else expect(result.stderr.trim()).toBe(`An error occurred ${beginning}${text()}`)
    expect(result.code).toBeGreaterThan(0)
  })

  test.skipIf(onAws)('prints what the sandbox does not serve', async () => {
    const result = await aws('iam', 'get-credential-report')
    expect(result.stderr.trim()).toBe(
      'An error occurred (NotImplemented) when calling the GetCredentialReport operation: iam:GetCredentialReport is not implemented by the sandbox',
    )
    expect(result.code).toBeGreaterThan(0)
  })
})
