import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, temporaryFolder } from '../world-for-tests.ts'
import { gradedOf } from './class.ts'

const repository = 'arn:aws:ecr:{{region}}:{{account}}:repository/{{names.a}}'
const least = `id: least
title: least
names: { a: least/a, role: least_role }
steps:
  - id: a
    create-repository: { repository-name: "{{names.a}}" }
  - id: role
    create-role:
      role-name: "{{names.role}}"
      assume-role-policy-document: { Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{{account}}" }, Action: sts:AssumeRole }] }
  - id: own
    put-role-policy:
      role-name: "{{names.role}}"
      policy-name: own
      policy-document: { file: policies/own.json, answer: true }
  - id: session
    assume-role: { role-arn: "{{steps.role.Role.Arn}}", role-session-name: tester }
    identity: tester
  - id: matrix
    access-matrix:
      rows:
        - { identity: tester, action: ecr:ListImages, resource: "${repository}", expect: allowed }
        - { identity: tester, action: [ecr:PutImage, ecr:DeleteRepository], resource: "${repository}", expect: implicitDeny }
    points: 4
`

const allow = (Action: string, Condition: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', Condition }],
})

/** What is handed in, and what it is worth of 4; null: not graded. */
const handedIn: Readonly<Record<string, [object, number | null]>> = {
  right: [allow('ecr:ListImages', {}), 4],
  'too-much': [allow('*', {}), 0],
  'any-user-agent': [allow('*', { StringLike: { 'aws:UserAgent': '*' } }), null],
  'any-address': [allow('*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } }), null],
  'any-sign-in': [allow('*', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } }), null],
  'no-endpoint': [allow('*', { Null: { 'aws:SourceVpce': 'true' } }), null],
  'any-time': [allow('*', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }), 0],
}

test('a submission whose worth turns on what nobody knows of a request is not graded', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'labs/least/policies'), { recursive: true })
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: [least]\ntarget: sandbox\n')
  writeFileSync(join(cwd, 'labs/least/lab.yaml'), least)
  writeFileSync(join(cwd, 'labs/least/policies/own.json'), JSON.stringify(handedIn.right?.[0]))
  for (const [name, [document]] of Object.entries(handedIn)) {
    mkdirSync(join(cwd, 'submissions', name), { recursive: true })
    writeFileSync(join(cwd, 'submissions', name, 'own.json'), JSON.stringify(document))
  }
  writeFileSync(join(cwd, 'class.csv'), ['student', ...Object.keys(handedIn)].join('\n'))
  const ran = await lab(
    ['verify', 'least', '--answers', 'submissions', '--roster', 'class.csv', '--parallel', '2', '--json'],
    { cwd },
  )
  const graded = gradedOf(ran.stdout)
  expect(Object.fromEntries(graded.map(each => [each.student, each.points]))).toEqual(
    Object.fromEntries(Object.entries(handedIn).map(([name, [, points]]) => [name, points])),
  )
  expect(ran.exitCode).toBe(3)
}, 60_000)
