import { expect, test } from 'vitest'
import { demo, loadDemo } from './folder.ts'

const head = 'id: demo\ntitle: Demo\nneeds: [base]\nnames: { role: demo_role }\nvars: { size: 1 }\n'
const lab = (steps: string): string => `${head}steps:\n${steps}`
const asking = (template: string): string => lab(`  - id: ask\n    list-images: { repository-name: "${template}" }\n`)
const at = `${demo}:8:38`

test.each([
  ['unknown root', '{{name.role}}', 'there is no root `name`', 'did you mean `names`?'],
  ['unknown name', '{{names.rol}}', 'there is no name `rol`', 'did you mean `role`?'],
  ['unknown var', '{{vars.sise}}', 'there is no var `sise`', 'did you mean `size`?'],
  ['a path into a name', '{{names.role.arn}}', 'nothing follows `role`', null],
  ['no name', '{{names}}', '`{{names}}` lacks a name', '{{names.name}}'],
  ['a path after account', '{{account.id}}', 'nothing follows `account`', '{{account}}'],
  ['member of run', '{{run.ids}}', 'there is no member of run `ids`', '`id`'],
  ['unknown step', '{{steps.star.Role.Arn}}', 'there is no earlier step `star`', 'did you mean `start`?'],
  ['own output', '{{steps.ask.imageIds}}', 'step `ask` is not done before', 'its own output'],
  ['unknown member', '{{steps.start.Role.Arm}}', '`Role` has no `Arm`', 'did you mean `Arn`?'],
  ['unknown first member', '{{steps.start.Rolle.Arn}}', 'the output of iam:CreateRole has no `Rolle`', '`Role`'],
  ['under a plain value', '{{steps.start.Role.Arn.Text}}', '`Arn` is a plain value', null],
  ['a list without a position', '{{steps.seen.imageIds.imageTag}}', '`imageIds` is a list', null],
  ['unknown identity', '{{identities.nobody.arn}}', 'there is no identity made before this step `nobody`', '`admin`'],
  ['identity without a member', '{{identities.baseRole}}', 'lacks `arn` or `account`', 'baseRole.arn'],
  ['member of an identity', '{{identities.baseRole.secret}}', 'there is no member of an identity `secret`', '`arn`'],
  ['variable not set', '{{env.NOT_SET}}', '`NOT_SET` is not set', 'NOT_SET=value'],
  ['not closed', '{{names.role', '`{{names.role` is not a template', 'close it'],
  ['closed by one brace', '{{names.role}', 'is not a template', 'close it'],
  ['empty', '{{}}', 'is not a template', 'the roots are'],
  ['a dot at the end', '{{names.}}', 'is not a template', 'the roots are'],
  ['an expression', '{{names.role + 1}}', 'is not a template', 'the roots are'],
])('%s', async (_, template, message, hint) => {
  const { said } = await loadDemo({ [demo]: asking(template) }, {})
  expect(said).toEqual([
    { at, message: expect.stringContaining(message), hint: hint === null ? null : expect.stringContaining(hint) },
  ])
})

test.each([
  '{{names.role}}',
  '{{ names.role }}',
  '{{names.repoA}}',
  '{{vars.days}}',
  '{{account}}-{{region}}-{{run.id}}{{run.suffix}}',
  '{{steps.start.Role.Arn}}',
  '{{steps.start.Role.Tags[0].Key}}',
  '{{steps.seen.imageIds[0].imageDigest}}',
  '{{identities.partner.account}}',
  '{{identities.auditor.arn}}',
  '{{identities.baseRole.arn}}',
  '{{env.SET}}',
  '${aws:username}',
])('%s stands for something', async template => {
  expect((await loadDemo({ [demo]: asking(template) }, { SET: '1' })).said).toEqual([])
})

test('secrets of an output are not given out', async () => {
  const yaml = lab(
    '  - id: session\n    assume-role: { role-arn: a }\n  - list-images: { repository-name: "{{steps.session.Credentials.SessionToken}}" }\n',
  )
  const { said } = await loadDemo({ [demo]: yaml })
  expect(said).toMatchObject([
    { at: `${demo}:9:38`, message: '`SessionToken` is a secret, which templates do not give out' },
  ])
})

test.each([
  [
    'a later step',
    '  - list-images: { repository-name: "{{steps.late.Role.Arn}}" }\n  - id: late\n    create-role: { role-name: r, assume-role-policy-document: "{}" }\n',
    'move it up',
  ],
  [
    'a step of the same group',
    '  - parallel:\n      - { id: late, create-role: { role-name: r, assume-role-policy-document: "{}" } }\n      - list-images: { repository-name: "{{steps.late.Role.Arn}}" }\n',
    'do not know each other',
  ],
])('%s is not earlier', async (_, steps, hint) => {
  const { said } = await loadDemo({ [demo]: lab(steps) })
  expect(said).toMatchObject([
    { message: 'step `late` is not done before this one', hint: expect.stringContaining(hint) },
  ])
})

test('a template in a policy document is placed in the document', async () => {
  const { said } = await loadDemo({
    [demo]: lab('  - create-role: { role-name: r, assume-role-policy-document: { file: p/trust.json } }\n'),
    'labs/demo/p/trust.json': '{\n  "Version": "2012-10-17",\n  "Id": "{{names.nope}}"\n}\n',
  })
  expect(said).toMatchObject([{ at: 'labs/demo/p/trust.json:3:10', message: 'there is no name `nope`' }])
})

test('templates in several lines, in keys, in expectations and in env are placed', async () => {
  const yaml = `${head}env: { REPO: "{{names.a}}", BAD: "{{steps.start.Role.Arn}}" }
steps:
  - create-role:
      role-name: r
      assume-role-policy-document:
        Statement:
          - Condition: { StringEquals: { "aws:ResourceTag/{{vars.b}}": "x {{vars.c}} y" } }
      tags:
        note: >-
          one
          {{vars.d}} two
  - list-images: { repository-name: r }
    deny: "on resource: {{names.e}}"
`
  const { said } = await loadDemo({ [demo]: yaml })
  expect(said.map(each => `${each.at.slice(demo.length)} ${each.message}`)).toEqual([
    ':6:15 there is no name `a`',
    ':6:35 `env` cannot hold `steps`',
    ':12:59 there is no var `b`',
    ':12:75 there is no var `c`',
    ':16:11 there is no var `d`',
    ':18:25 there is no name `e`',
  ])
})

test("a lab's own name stands over a needed lab's", async () => {
  const { labs } = await loadDemo({ [demo]: lab('  - wait: 1s\n').replace('role: demo_role', 'repoA: mine') })
  expect(labs.map(({ id }) => id)).toEqual(['base', 'demo'])
})

test.each([
  ['{{vars.open}}', undefined, []],
  ['{{vars.open}}', {}, ['the var `open` has no value']],
  ['{{vars.open}}', { open: 'x' }, []],
  ['{{vars.map.k}}', {}, []],
  ['{{vars.map.j}}', {}, ['there is no value under `map` of the name `j`']],
  ['{{vars.list[1]}}', {}, []],
  ['{{vars.list[2]}}', {}, ['there is no value under `list` of the name `2`']],
  ['{{vars.size.k}}', {}, ['there is no value under `size` of the name `k`']],
])('%s with --var %o', async (template, vars, messages) => {
  const yaml = asking(template).replace('{ size: 1 }', '{ size: 1, open: null, map: { k: v }, list: [a, b] }')
  const { said } = await loadDemo({ [demo]: yaml }, undefined, vars)
  expect(said.map(({ message }) => message)).toEqual(messages)
})
