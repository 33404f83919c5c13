import { accountTrust, idText, type LabTemplate, policy, readme, yamlText } from '../lab-template.ts'

export const permissionsBoundary: LabTemplate = {
  name: 'permissions-boundary',
  summary: 'a role with a permissions boundary that leaves one of its two actions',
  files: naming => ({
    'lab.yaml': `id: ${idText(naming.id)}
title: ${yamlText(naming.title)}
description: >-
  The policy of a role allows two actions, its permissions boundary one of them. What both allow is left.
names:
  repository: ${naming.id}/app
  role: ${naming.id}-bounded
  boundary: ${naming.id}-boundary
steps:
  - parallel:
      - id: repository
        create-repository: { repository-name: "{{names.repository}}" }
      - id: role
        create-role:
          role-name: "{{names.role}}"
          assume-role-policy-document: { file: policies/trust.json }
      - id: boundary
        create-policy:
          policy-name: "{{names.boundary}}"
          policy-document: { file: policies/boundary.json, answer: true }
        points: 1
        hint: A boundary is a managed policy like any other. This one allows ecr:ListImages.
  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: two-actions
      policy-document: { file: policies/identity.json }
  - id: bound
    put-role-permissions-boundary:
      role-name: "{{names.role}}"
      permissions-boundary: "{{steps.boundary.Policy.Arn}}"
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: bounded }
    identity: bounded
  - parallel:
      - id: list-allowed
        as: bounded
        list-images: { repository-name: "{{names.repository}}" }
        allow: {}
        points: 1
      - id: describe-denied
        as: bounded
        describe-images: { repository-name: "{{names.repository}}" }
        deny: because no permissions boundary allows the ecr:DescribeImages action
        points: 1
        hint: The role's policy allows it. The boundary must not.
`,
    'README.md': readme(naming, {
      goal: 'A role that may do one of the two things that its policy allows, because its boundary leaves no more.',
      answer: 'boundary.json',
      notice:
        'The refusal names the permissions boundary: the policy of the role allows the call, and that is not enough.',
    }),
    'policies/trust.json': accountTrust,
    'policies/identity.json': policy({
      Sid: 'ListAndDescribe',
      Effect: 'Allow',
      Action: ['ecr:ListImages', 'ecr:DescribeImages'],
      Resource: '{{steps.repository.repository.repositoryArn}}',
    }),
    'policies/boundary.json': policy({ Sid: 'AtMost', Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' }),
    'broken/boundary.json': policy({ Sid: 'Anything', Effect: 'Allow', Action: 'ecr:*', Resource: '*' }),
  }),
}
