import { accountTrust, idText, type LabTemplate, policy, readme, yamlText } from '../lab-template.ts'

export const repositoryPolicy: LabTemplate = {
  name: 'repository-policy',
  summary: 'a repository whose own policy lets a role in for one action',
  files: naming => ({
    'lab.yaml': `id: ${idText(naming.id)}
title: ${yamlText(naming.title)}
description: >-
  A repository whose policy allows a role ListImages, and nothing else. The role has no policy of its own.
names:
  repository: ${naming.id}/app
  role: ${naming.id}-visitor
steps:
  - parallel:
      - id: repository
        create-repository: { repository-name: "{{names.repository}}" }
      - id: role
        create-role:
          role-name: "{{names.role}}"
          assume-role-policy-document: { file: policies/trust.json }
  - id: policy
    set-repository-policy:
      repository-name: "{{names.repository}}"
      policy-text: { file: policies/repository.json, answer: true }
    points: 1
    hint: A repository policy names a Principal, and no Resource.
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: visitor }
    identity: visitor
  - parallel:
      - id: list-allowed
        as: visitor
        list-images: { repository-name: "{{names.repository}}" }
        allow: {}
        points: 1
      - id: describe-denied
        as: visitor
        describe-images: { repository-name: "{{names.repository}}" }
        deny: because no identity-based policy allows the ecr:DescribeImages action
        points: 1
        hint: The policy must name one action only.
`,
    'README.md': readme(naming, {
      goal: 'A repository that shows its list of images to one role, by a policy of its own.',
      answer: 'repository.json',
      notice:
        'The role has no policy at all, and is let in: within one account an allow on either side is enough. What neither side allows is denied.',
    }),
    'policies/trust.json': accountTrust,
    'policies/repository.json': policy({
      Sid: 'VisitorLists',
      Effect: 'Allow',
      Principal: { AWS: '{{steps.role.Role.Arn}}' },
      Action: 'ecr:ListImages',
    }),
    'broken/repository.json': policy({ Sid: 'EverybodyDoes', Effect: 'Allow', Principal: '*', Action: 'ecr:*' }),
  }),
}
