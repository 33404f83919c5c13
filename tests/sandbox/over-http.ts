import * as ecrClient from '@aws-sdk/client-ecr'
import * as iamClient from '@aws-sdk/client-iam'
import { newSandbox, type TestSandbox } from '../conformance/sandbox-for-tests.ts'

// biome-ignore lint/suspicious/noExplicitAny: operations and their outputs are taken by name
type ByName = any

/** One call of a story: the operation, its input (made from what was answered before), and members of the answer. */
export interface Scene {
  operation: string
  input: object | ((answers: ByName) => object)
  /** Keeps the answer under this name. */
  as?: string
  /** Members that the answer must have. */
  answer?: object
  /** What the denial of a caller without permissions must hold; default: `<service>:<operation>`. */
  denied?: string
}

/** The admin of a sandbox of its own, and a user who may do nothing. */
export interface Stage {
  sandbox: TestSandbox
  admin(operation: string, input: object): Promise<ByName>
  nobody(operation: string, input: object): Promise<ByName>
}

export const newStage = async (service: 'iam' | 'ecr'): Promise<Stage> => {
  const sandbox = await newSandbox()
  const client: ByName = service === 'iam' ? iamClient : ecrClient
  const sender = (config: object) => {
    const connection = service === 'iam' ? new client.IAMClient(config) : new client.ECRClient(config)
    return (operation: string, input: object) => connection.send(new client[`${operation}Command`](input))
  }
  const admin = sender(sandbox.config)
  const users = new iamClient.IAMClient(sandbox.config)
  await users.send(new iamClient.CreateUserCommand({ UserName: 'nobody' }))
  const { AccessKey } = await users.send(new iamClient.CreateAccessKeyCommand({ UserName: 'nobody' }))
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  return { sandbox, admin, nobody: sender({ ...sandbox.config, credentials }) }
}
