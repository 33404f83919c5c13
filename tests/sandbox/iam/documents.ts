import { accountId } from '../memory-account.ts'

export const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
})

export const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' }],
})

export const arn = (kind: string, rest: string): string => `arn:aws:iam::${accountId}:${kind}/${rest}`

export const adminPolicy = 'arn:aws:iam::aws:policy/AdministratorAccess'
