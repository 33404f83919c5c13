import { accountTrust, idText, type LabTemplate, policy, readme, yamlText } from '../lab-template.ts'

export const identityPolicy: LabTemplate = {
  name: 'identity-policy',
  summary: 'a role whose policy allows one action on one of two repositories',
  files: naming => ({
    'lab.yaml': `id: ${idText(naming.id)}
title: ${yamlText(naming.title)}
description: >-
  A role whose one policy allows ListImages on one repository, and nothing on the other.
names:
  own: ${naming.id}/own
  other: ${naming.id}/other
  role: ${naming.id}-reader
steps:
  - parallel:
      - id: own
        create-repository: { repository-name: "{{names.own}}" }
      - id: other
        create-repository: { repository-name: "{{names.other}}" }
      - id: role
        create-role:
          role-name: "{{names.role}}"
          assume-role-policy-document: { file: policies/trust.json }
  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: list-own
      policy-document: { file: policies/identity.json, answer: true }
    points: 1
    hint: One statement is enough, ecr:ListImages on the ARN of the own repository.
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: reader }
    identity: reader
  - parallel:
      - id: own-allowed
        as: reader
        list-images: { repository-name: "{{names.own}}" }
        allow: {}
        points: 1
      - id: other-denied
        as: reader
        list-images: { repository-name: "{{names.other}}" }
        deny: because no identity-based policy allows the ecr:ListImages action
        points: 1
        hint: Nothing must grant it on the other repository.
`,
    'README.md': readme(naming, {
      goal: 'A role that may list the images of its own repository, and is refused those of the other.',
      answer: 'identity.json',
      notice:
        'The refusal ends with its reason: nothing forbids the call, nothing allows it either. That is the implicit deny.',
    }),
    'policies/trust.json': accountTrust,
    'policies/identity.json': policy({
      Sid: 'ListOwn',
      Effect: 'Allow',
      Action: 'ecr:ListImages',
      Resource: 'arn:aws:ecr:{{region}}:{{account}}:repository/{{names.own}}',
    }),
    'broken/identity.json': policy({ Sid: 'ListAll', Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' }),
  }),
}
