import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ECRClient, GetAuthorizationTokenCommand, ListImagesCommand } from '@aws-sdk/client-ecr'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Refusal } from './refusals.ts'
import type { TestSandbox } from './sandbox-for-tests.ts'

/** What a client prints when it is refused; null: it has no such call. */
type Client = (sandbox: TestSandbox, row: Refusal) => Promise<string | null>

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)))

/** Output of a program, whichever stream it came on. */
const printed = (program: string, words: readonly string[], env: Record<string, string | undefined>): Promise<string> =>
  new Promise(resolve => {
    execFile(program, words, { env: { PATH: process.env.PATH, ...env } }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })

const variables = ({ directory, region }: TestSandbox, { credentials }: Refusal): Record<string, string> => ({
  HOME: directory,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
  ...{ AWS_DEFAULT_REGION: region, AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true' },
})

const arnOf = (name: string) => `arn:aws:iam::111122223333:role/${name}`

const sdk: Client = async ({ config }, { credentials, asks }) => {
  const own = { ...config, credentials }
  const sent =
    'images' in asks
      ? new ECRClient(own).send(new ListImagesCommand({ repositoryName: asks.images, registryId: asks.registryId }))
      : 'assume' in asks
        ? new STSClient(own).send(new AssumeRoleCommand({ RoleArn: arnOf(asks.assume), RoleSessionName: 'test' }))
        : new IAMClient(own).send(new GetRoleCommand({ RoleName: asks.role }))
  // As Node prints an error that nobody caught.
  return (sent as Promise<unknown>).then(
    () => 'allowed',
    (error: Error) => `${error.stack}`,
  )
}

function cliWords({ asks }: Refusal): string[] {
  if ('assume' in asks) return ['sts', 'assume-role', '--role-arn', arnOf(asks.assume), '--role-session-name', 'test']
  if ('role' in asks) return ['iam', 'get-role', '--role-name', asks.role]
  const registry = asks.registryId === undefined ? [] : ['--registry-id', asks.registryId]
  return ['ecr', 'list-images', '--repository-name', asks.images, ...registry]
}

const cli: Client = (sandbox, row) =>
  printed('aws', ['--endpoint-url', sandbox.endpoint, ...cliWords(row)], variables(sandbox, row))

const program = `
import boto3, json, sys
asks, endpoint = json.loads(sys.argv[1]), sys.argv[2]
client = lambda name: boto3.client(name, endpoint_url=endpoint)
if 'assume' in asks: client('sts').assume_role(RoleArn='arn:aws:iam::111122223333:role/' + asks['assume'], RoleSessionName='test')
elif 'role' in asks: client('iam').get_role(RoleName=asks['role'])
else: client('ecr').list_images(repositoryName=asks['images'], **({'registryId': asks['registryId']} if 'registryId' in asks else {}))
`

const boto3: Client = (sandbox, row) =>
  printed('python3', ['-c', program, JSON.stringify(row.asks), sandbox.endpoint], variables(sandbox, row))

/** Inspecting an image asks for ecr:BatchGetImage. The registry is that of the login's account. */
const skopeo: Client = async ({ config, port, directory }, { credentials, asks }) => {
  if (!('images' in asks) || asks.registryId !== undefined) return null
  const ecr = new ECRClient({ ...config, credentials })
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}))
  const login = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString()
  const reference = `docker://127.0.0.1:${port}/${asks.images}:v1`
  return printed('skopeo', ['inspect', '--tls-verify=false', '--creds', login, reference], { HOME: directory })
}

const hasBoto3 = (): Promise<boolean> =>
  onPath('python3')
    ? printed('python3', ['-c', 'import boto3; print("here")'], {}).then(text => text.includes('here'))
    : Promise.resolve(false)

/** Each client by name; null: it is not on this machine. */
export const clients: Readonly<Record<string, Client | null>> = {
  'the SDK': sdk,
  'the aws CLI': onPath('aws') ? cli : null,
  boto3: (await hasBoto3()) ? boto3 : null,
  skopeo: onPath('skopeo') ? skopeo : null,
}
