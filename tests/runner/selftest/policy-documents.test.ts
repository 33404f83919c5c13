import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isFileDocument, readLab, stepKinds } from '../../../runner/index.ts'
import { type PolicyDocument, policyDocuments } from '../../../runner/selftest/policy-documents.ts'

const statement = '{ "Effect": "Allow", "Action": "ecr:ListImages", "Resource": {{vars.resource}} }'

/** A lab of these steps, with a document beside it. */
async function documentsOf(
  steps: string,
  document = `{\n  "Version": "2012-10-17",\n  "Statement":\n    [${statement}]\n}`,
) {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-documents-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'a.json'), document)
  writeFileSync(join(folder, 'lab.yaml'), `id: a\ntitle: A\nsteps:\n${steps}`)
  const { lab, problems } = await readLab(join(folder, 'lab.yaml'), 'a', stepKinds)
  expect(problems).toEqual([])
  return policyDocuments(lab ?? expect.fail('no lab'))
}

const put = (name: string, document: string, more = '') => `  - id: ${name}
    put-role-policy: { role-name: r, policy-name: ${name}, policy-document: ${document} }
${more}`
const inFile = '{ file: a.json }'
const told = ({ file, standing, lineOf }: PolicyDocument) => `${file.split('/').at(-1)}:${lineOf(0)} ${standing}`

test.each([
  ['one file for two steps', put('one', inFile) + put('two', inFile), ['a.json:4 in force']],
  [
    'in force where one step of several takes it',
    put('one', inFile) + put('two', inFile, '    deny: { decision: implicitDeny }\n'),
    ['a.json:4 in force'],
  ],
  ['to be refused', put('one', inFile, '    error: { code: MalformedPolicyDocument }\n'), ['a.json:4 refused']],
  ['never taken', put('one', inFile, '    deny: { decision: implicitDeny }\n'), ['a.json:4 not taken']],
  [
    'in the lab itself',
    `  - id: one
    put-role-policy:
      role-name: r
      policy-name: one
      policy-document:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Action: "ecr:ListImages", Resource: "{{vars.resource}}" }
`,
    ['lab.yaml:11 in force'],
  ],
  ['as a text', put('one', `'{ "Version": "2012-10-17", "Statement": [${statement}] }'`), ['lab.yaml:5 in force']],
])('%s', async (_, steps, expected) => {
  expect((await documentsOf(steps)).map(told)).toEqual(expected)
})

test('another document stands in every step that uses it, templates as they were', async () => {
  const [document] = await documentsOf(put('one', inFile) + put('two', inFile))
  const { Statement } = JSON.parse(document?.json ?? '{}')
  const changed = document?.replaced(JSON.stringify({ Statement: [{ ...Statement[0], Effect: 'Deny' }] }))
  const texts = changed?.groups.flat().map(({ fields }) => (fields as Record<string, unknown>)['policy-document'])
  expect(texts?.map(text => isFileDocument(text) && text.text)).toEqual(
    Array(2).fill('{"Statement":[{"Effect":"Deny","Action":"ecr:ListImages","Resource":{{vars.resource}}}]}'),
  )
})

test('a template for statements is refused', async () => {
  await expect(documentsOf(put('one', inFile), '{ "Statement": {{vars.all}} }')).rejects.toThrow(
    'in `a.json` of `a` a template stands for statements, which cannot be changed one by one',
  )
})
