import { ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allow, document, trustOf, type World, worldOn } from './errors/world.ts'
import { onAws } from './on-aws.ts'
import { conformanceTarget, type Target } from './target.ts'

let target: Target
let world: World
let role: { RoleName: string; Arn: string }
let teamA: string
let teamB: string
let tester: ECRClient
beforeAll(async () => {
  target = await conformanceTarget()
  world = worldOn(target, { later: 0 })
  ;[teamA, teamB] = [`${world.name()}/team-a`, `${world.name()}/team-b`]
})
afterAll(() => world.close(), 600_000)

const repositoryArn = (name: string) => `arn:aws:ecr:${target.region}:${target.accountId}:repository/${name}`
const images = (repositoryName: string) => tester.send(new ListImagesCommand({ repositoryName }))
/** AWS promises codes, not sentences. */
const sentence = (text: string) => (onAws ? expect.any(String) : expect.stringContaining(text))

test('the steps of the identity-policies workshop', async () => {
  for (const repositoryName of [teamA, teamB]) await world.ecr('CreateRepository', { repositoryName })
  role = await world.role({ AssumeRolePolicyDocument: trustOf(`arn:aws:iam::${target.accountId}:root`) })
  const PolicyDocument = document(allow('ecr:ListImages', repositoryArn(teamA)))
  const { Policy } = await world.iam('CreatePolicy', { PolicyName: world.name(), PolicyDocument })
  await world.iam('AttachRolePolicy', { RoleName: role.RoleName, PolicyArn: Policy.Arn })
  const credentials = await world.session(role.Arn)
  tester = new ECRClient({ ...target.config, credentials })
  const me = `arn:aws:sts::${target.accountId}:assumed-role/${role.RoleName}/tester`
  expect(await world.as(credentials).sts('GetCallerIdentity')).toMatchObject({
    Arn: me,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:tester$/),
  })
  expect((await world.settled(() => images(teamA))).imageIds).toEqual([])
  await expect(images(teamB)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
    message: sentence(
      `User: ${me} is not authorized to perform: ecr:ListImages on resource: ${repositoryArn(teamB)} because no identity-based policy allows the ecr:ListImages action`,
    ),
  })
})

test('the steps of the repository-policies workshop', async () => {
  const policyText = (Effect: string) =>
    JSON.stringify({
      Version: '2008-10-17',
      Statement: [{ Sid: 'x', Effect, Principal: { AWS: role.Arn }, Action: ['ecr:ListImages'] }],
    })
  await world.ecr('SetRepositoryPolicy', { repositoryName: teamA, policyText: policyText('Deny') })
  await world.ecr('SetRepositoryPolicy', { repositoryName: teamB, policyText: policyText('Allow') })
  const read = await world.ecr('GetRepositoryPolicy', { repositoryName: teamB })
  expect(JSON.parse(read.policyText).Statement[0].Principal.AWS).toBe(role.Arn)
  expect((await world.settled(() => images(teamB))).imageIds).toEqual([])
  await world.settled(() =>
    expect(images(teamA)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: sentence(`${repositoryArn(teamA)} with an explicit deny in a resource-based policy`),
    }),
  )
})
