import * as ecrClient from '@aws-sdk/client-ecr'
import * as iamClient from '@aws-sdk/client-iam'
import * as stsClient from '@aws-sdk/client-sts'

// biome-ignore lint/suspicious/noExplicitAny: operations and their outputs are taken by name
export type ByName = any

export type Send = (operation: string, input?: object) => Promise<ByName>

export interface Senders {
  iam: Send
  ecr: Send
  sts: Send
}

export type Sent = (service: keyof Senders, operation: string, input: object, output: ByName) => void

/** Calls by name with real SDK clients. `changeBody` is applied before signing; `sent` hears of every success. */
export const sendersOf = (config: object, sent: Sent = () => {}, changeBody?: (body: string) => string): Senders => {
  const clients: Record<keyof Senders, ByName> = {
    iam: new iamClient.IAMClient(config),
    ecr: new ecrClient.ECRClient(config),
    sts: new stsClient.STSClient(config),
  }
  const commands: Record<keyof Senders, ByName> = { iam: iamClient, ecr: ecrClient, sts: stsClient }
  const sender =
    (service: keyof Senders): Send =>
    async (operation, input = {}) => {
      const command = new commands[service][`${operation}Command`](input)
      if (changeBody !== undefined) rewrite(command, changeBody)
      const output = await clients[service].send(command)
      sent(service, operation, input, output)
      return output
    }
  return { iam: sender('iam'), ecr: sender('ecr'), sts: sender('sts') }
}

const rewrite = (command: ByName, changeBody: (body: string) => string): void => {
  command.middlewareStack.add(
    (next: ByName) => (args: ByName) => {
      args.request.body = changeBody(args.request.body)
      args.request.headers['content-length'] = String(args.request.body.length)
      return next(args)
    },
    { step: 'build', priority: 'low', name: 'rewrite' },
  )
}
