import { tinyImage } from '../../runner/aws/image.ts'
import type { Inhabitant } from '../../sandbox/index.ts'

/** What a student calls the things of the labs. */
export interface Names {
  repoA: string
  repoB: string
  role: string
  policy: string
}

/** The names of the labs' documents. */
export const labNames: Names = {
  repoA: 'team-a/alpine',
  repoB: 'team-b/alpine',
  role: 'ecr_access_teama_role',
  policy: 'ecr_access_testing',
}

const image = tinyImage(1, 1024)
const blobs = [image.config, ...image.layers]

/** A student's account, and what he does there by hand: each verb is one task of the labs, done as the documents ask. */
export interface StudentAccount {
  id: string
  region: string
  names: Names
  perform: Inhabitant['perform']
  arnOfRepository(name: string): string
  arnOfRole(): string
  arnOfPolicy(): string
  repositories(): void
  image(repositoryName: string): void
  role(trust?: object): void
  policy(document: object): void
  attach(): void
  repositoryPolicy(repositoryName: string, statement: object): void
}

const policyOf = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })

export function studentAccount({ id, perform, pushImage }: Inhabitant, region: string, names: Names): StudentAccount {
  const arnOfRole = () => `arn:aws:iam::${id}:role/${names.role}`
  const arnOfPolicy = () => `arn:aws:iam::${id}:policy/${names.policy}`
  const ofAccount = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' }
  return {
    id,
    region,
    names,
    perform,
    arnOfRole,
    arnOfPolicy,
    arnOfRepository: name => `arn:aws:ecr:${region}:${id}:repository/${name}`,
    repositories() {
      for (const repositoryName of [names.repoA, names.repoB]) perform('ecr:CreateRepository', { repositoryName })
    },
    image: repositoryName => pushImage(repositoryName, 'v1', { ...image, blobs }),
    role(trust = ofAccount) {
      perform('iam:CreateRole', { RoleName: names.role, AssumeRolePolicyDocument: policyOf(trust) })
    },
    policy(document) {
      const PolicyDocument = 'Statement' in document ? JSON.stringify(document) : policyOf(document)
      perform('iam:CreatePolicy', { PolicyName: names.policy, PolicyDocument })
    },
    attach() {
      perform('iam:AttachRolePolicy', { RoleName: names.role, PolicyArn: arnOfPolicy() })
    },
    repositoryPolicy(repositoryName, statement) {
      perform('ecr:SetRepositoryPolicy', { repositoryName, policyText: policyOf(statement) })
    },
  }
}
