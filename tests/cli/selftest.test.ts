import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from './world-for-tests.ts'

/** Files of a folder with one lab `weak`. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder()
  for (const [name, text] of Object.entries({ 'labs.yaml': 'labs: [weak]\n', ...files })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return cwd
}

const trust = `          assume-role-policy-document:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Principal: { AWS: "{{account}}" }, Action: "sts:AssumeRole" }
`
const steps = `id: weak
title: A role that may list, describe and tag
names: { repository: weak/one, role: weak_role }
steps:
  - id: repository
    create-repository: { repository-name: "{{names.repository}}" }
  - parallel:
      - id: role
        create-role:
          role-name: "{{names.role}}"
${trust}  - id: policy
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: some
      policy-document: { file: policies/some.json }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: weak }
    identity: weak
`
const probes = `  - id: lists
    as: weak
    list-images: { repository-name: "{{names.repository}}" }
    allow: {}
    points: 1
  - id: deletes-nothing
    as: weak
    call: { service: ecr, operation: DeleteRepository, input: { repositoryName: "{{names.repository}}" } }
    deny: { decision: implicitDeny }
    points: 1
`
const some = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["ecr:ListImages", "ecr:DescribeImages"],
      "Resource": "*"
    },
    { "Sid": "NoTags", "Effect": "Deny", "Action": "ecr:TagResource", "Resource": "*" }
  ]
}
`

test('a weak lab is exposed: the statement that no check exercises is named with its place', async () => {
  const cwd = folderWith({ 'labs/weak/lab.yaml': steps + probes, 'labs/weak/policies/some.json': some })
  const { exitCode, stdout } = await lab(['selftest', 'weak'], { cwd })
  expect(stdout.split('\n').slice(0, -2)).toEqual([
    'AccessLab · sandbox, an account for each change · us-west-2',
    '',
    ' weak',
    '  ✔ untouched  not passed, 0 of 2 points',
    '  ✔ done       passed, 2 of 2 points',
    '  ✖ changed    2 of 3 statements exercised, 8 changes tried',
    '      labs/weak/policies/some.json:4 Allow "Read": passes without the action ecr:DescribeImages',
    '      labs/weak/policies/some.json:10 Deny "NoTags": no check notices the statement taken out',
    '      labs/weak/policies/some.json:10 Deny "NoTags": no check notices Allow instead of Deny',
    '',
  ])
  expect(stdout).toMatch(/ 1 lab · 2 of 3 statements exercised · 8 changes · .* · weak: weak\n$/)
  expect(exitCode).toBe(1)
  // The folder's own account is not touched.
  expect(readdirSync(cwd).sort()).toEqual(['labs', 'labs.yaml'])
})

test('--json: one document, and everything else on stderr', async () => {
  const cwd = folderWith({ 'labs/weak/lab.yaml': steps + probes, 'labs/weak/policies/some.json': some })
  const { exitCode, stdout, stderr } = await lab(['selftest', '--all', '--json'], { cwd })
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schemaVersion: 1, exitCode: 1, labs: [{ id: 'weak', passed: false, changes: 8 }] })
  expect(document.labs[0].statements).toMatchObject([
    // Written in the lab itself.
    { file: 'labs/weak/lab.yaml', line: 14, effect: 'Allow', sid: null, exercised: true },
    { file: 'labs/weak/policies/some.json', line: 4, sid: 'Read', exercised: true },
    { file: 'labs/weak/policies/some.json', line: 10, sid: 'NoTags', effect: 'Deny', exercised: false },
  ])
  expect(document.labs[0].statements[1].changes[0]).toEqual({
    change: 'removed',
    words: 'the statement taken out',
    noticedBy: 'lists',
  })
  expect(stderr).toContain('weak: weak')
  expect(exitCode).toBe(1)
})

test('a lab that checks nothing of its own passes with nothing done', async () => {
  const owner = `id: weak
title: The caller
steps:
  - id: who
    get-caller-identity:
    allow: {}
    points: 1
`
  const { exitCode, stdout } = await lab(['selftest', 'weak'], { cwd: folderWith({ 'labs/weak/lab.yaml': owner }) })
  expect(stdout).toContain(`  ✖ untouched  passed, with nothing done, 1 of 1 point
      labs/weak/lab.yaml:4 who: right before anything of the lab is done
`)
  expect(exitCode).toBe(1)
})

test('a lab that does not pass is not changed', async () => {
  const wrong = steps + probes.replace('allow: {}', 'deny: { decision: implicitDeny }')
  const cwd = folderWith({ 'labs/weak/lab.yaml': wrong, 'labs/weak/policies/some.json': some })
  const { exitCode, stdout } = await lab(['selftest', 'weak'], { cwd })
  expect(stdout).toMatch(
    /✖ done +not passed, no of 2 points\n +labs\/weak\/lab.yaml:23 lists: expected denied.*, found allowed/,
  )
  expect(stdout).not.toContain('changed')
  expect(exitCode).toBe(1)
})

test.each([
  [['selftest'], 'nothing is selected'],
  [['selftest', 'weak', '--target', 'aws'], '`lab selftest` has no flag `--target`'],
  [['selftest', 'wek'], 'there is no lab `wek`'],
])('%j is a usage error', async (argv, message) => {
  const { exitCode, stderr } = await lab(argv, {
    cwd: folderWith({ 'labs/weak/lab.yaml': steps, 'labs/weak/policies/some.json': some }),
  })
  expect(stderr).toContain(message)
  expect(exitCode).toBe(2)
})
