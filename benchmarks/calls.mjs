// The three calls that every server is measured with, and what they need to be there.
import { CreateRepositoryCommand, ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

export const calls = [
  { name: 'GetCallerIdentity', send: ({ sts }) => sts.send(new GetCallerIdentityCommand({})) },
  { name: 'GetRole', send: ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'r' })) },
  { name: 'ListImages', send: ({ ecr }) => ecr.send(new ListImagesCommand({ repositoryName: 'team-a' })) },
]

export const clientsTo = (endpoint, { accessKeyId, secretAccessKey }) => {
  const config = () => ({
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
  return { sts: new STSClient(config()), iam: new IAMClient(config()), ecr: new ECRClient(config()) }
}

export const anyone = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }

/** Makes the role and the repository that the calls ask for. */
export const furnish = async ({ iam, ecr }) => {
  const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument }))
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team-a' }))
}

/** By turns in short rounds, so that the machine's other work slows all alike: milliseconds of each call, and processor time of each kind. */
export const byTurns = async (send, kinds, rounds, calls = 100) => {
  const found = Object.fromEntries(Object.keys(kinds).map(kind => [kind, { times: [], processor: 0 }]))
  for (let round = 0; round < rounds; round += 1)
    for (const [kind, clients] of Object.entries(kinds)) {
      const before = process.cpuUsage()
      for (let n = 0; n < calls; n += 1) {
        const started = performance.now()
        await send(clients)
        if (round > rounds / 3) found[kind].times.push(performance.now() - started)
      }
      const { user, system } = process.cpuUsage(before)
      if (round > rounds / 3) found[kind].processor += user + system
    }
  return found
}
