import { posix } from 'node:path'
import type { ExampleFiles } from './rule.ts'

const base = `# yaml-language-server: $schema=../../schema/lab.schema.json
id: base
title: A repository, and a role that may do nothing with it yet
names: { repo: team-a/alpine, role: reader }
steps:
  - id: repository
    create-repository: { repository-name: "{{names.repo}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { AWS: "arn:aws:iam::{{account}}:root" }, Action: "sts:AssumeRole" }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: reader }
    identity: reader
`

/** A probe that the base lab's session does not pass. */
export const listDenied = `  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    deny: because no identity-based policy allows the ecr:ListImages action
`

const policySteps = `steps:
  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: list
      policy-document: { file: policies/list.json }
  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    allow: {}
`

/** A lab that puts this document on the base lab's role as `policies/list.json`. */
export const rolePolicy = (document: string): ExampleFiles => ({
  'lab.yaml': policySteps,
  'policies/list.json': document,
})

const repositorySteps = `steps:
  - id: policy
    set-repository-policy:
      repository-name: "{{names.repo}}"
      policy-text: { file: policies/repository.json }
  - id: listed
    as: reader
    list-images: { repository-name: "{{names.repo}}" }
    allow: {}
`

/** A lab that puts this document on the base lab's repository as `policies/repository.json`. */
export const repositoryPolicy = (document: string): ExampleFiles => ({
  'lab.yaml': repositorySteps,
  'policies/repository.json': document,
})

/** JSON of a policy with these statements, as a person writes it. */
export const policyOf = (...statements: string[]): string => `{
  "Version": "2012-10-17",
  "Statement": [
${statements.map(each => `    ${each.trim().replaceAll('\n', '\n    ')}`).join(',\n')}
  ]
}
`

export const repositoryArn = 'arn:aws:ecr:{{region}}:{{account}}:repository/{{names.repo}}'

/** The files of an example by name in its lab's folder: a text alone is its lab.yaml. */
export const filesOf = (example: ExampleFiles): Readonly<Record<string, string>> =>
  typeof example === 'string' ? { 'lab.yaml': example } : example

/** What stands before an example's lab.yaml that does not begin by itself. */
function headed(text: string): string {
  if (/^id:/m.test(text)) return text
  const needs = /\breader\b|names\.(repo|role)\b|\bbase\b/.test(text) && !/^needs:/m.test(text) ? 'needs: [base]\n' : ''
  return `# yaml-language-server: $schema=../../schema/lab.schema.json\nid: demo\ntitle: Demo\n${needs}${text}`
}

/** Every file of a folder in which the example is the lab `demo`: a labs.yaml, the lab `base`, a README. */
export function exampleFolder(example: ExampleFiles): Record<string, string> {
  const own = Object.entries(filesOf(example)).map(([name, text]) => [
    posix.join('labs/demo', name),
    name === 'lab.yaml' ? headed(text) : text,
  ])
  return {
    'labs.yaml': 'labs: [base, demo]\n',
    'labs/base/lab.yaml': base,
    'labs/base/README.md': '# Base\n',
    'labs/demo/README.md': '# Demo\n',
    ...Object.fromEntries(own),
  }
}
