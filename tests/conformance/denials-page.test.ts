import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainDenial, parseDenial, policyTypes } from '../../assertions/index.ts'
import { compilePolicy, decide } from '../../policy/index.ts'
import { denialText } from '../../sandbox/denial-text.ts'
import { root } from '../repository/source-files.ts'
import { onSandboxOnly } from './on-aws.ts'
import { makeRefusals } from './refusals.ts'
import { clients } from './refused-clients.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('the page has what the sandbox says, word for word')

const page = readFileSync(join(root, 'docs/denials.md'), 'utf8')

/** A section for a policy type, `## identity-based policy`, with the sentences in it. */
const sections = page
  .split(/^## /m)
  .slice(1)
  .map(text => {
    const [title = '', ...lines] = text.split('\n')
    return {
      title,
      type: policyTypes.find(type => [type, `${type} policy`].includes(title)) ?? null,
      sentences: lines.filter(line => line.startsWith('User: ')),
      text,
    }
  })
const typed = sections.filter(({ type }) => type !== null)

/** Ids of control policies are random. */
const steady = (sentence: string) => sentence.replace(/\/p-[a-z0-9]{8}$/, '/p-a1b2c3d4')

/** No lab and no sandbox has an endpoint: its sentence comes from the engine and the text maker alone. */
function byEndpoint(statements: unknown[]): string {
  const principal = 'arn:aws:iam::111122223333:user/nia'
  const resource = 'arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine'
  const policyOf = (...Statement: unknown[]) => compilePolicy({ Version: '2012-10-17', Statement })
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  const need = { action: 'ecr:ListImages', resource }
  const decision = decide(
    { ...need, principal, account: '111122223333', resourceAccount: '111122223333' },
    {
      identity: [{ name: 'own', policy: policyOf(all) }],
      vpcEndpoint: { name: 'endpoint', policy: policyOf(...statements) },
    },
  )
  return denialText({ arn: principal, kind: 'user' }, need, decision)
}

let sandbox: TestSandbox
let produced: Set<string>
beforeAll(async () => {
  sandbox = await newSandbox()
  const texts = []
  for (const row of await makeRefusals(sandbox)) texts.push((await clients['the SDK']?.(sandbox, row)) ?? '')
  const deny = { Effect: 'Deny', Action: 'ecr:ListImages', Resource: '*' }
  const other = { Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: '*' }
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  produced = new Set([
    ...texts.map(text => steady(/User: .*/.exec(text)?.[0] ?? text)),
    ...[[other], [all, deny]].map(byEndpoint),
  ])
})
afterAll(() => sandbox.remove())

test('one section for each policy type that AWS names', () => {
  expect(typed.map(({ type }) => type).sort()).toEqual([...policyTypes].sort())
})

describe.each(typed)('$title', ({ type, sentences, text }) => {
  test('each sentence is read, and names this policy type', () => {
    expect(sentences.length).toBeGreaterThan(0)
    for (const sentence of sentences) {
      const denial = parseDenial(sentence)
      expect(denial).toMatchObject({ isDenial: true, principal: expect.any(String), action: expect.any(String) })
      // STS gives no reason: its section is about what it does not say.
      expect(denial.policyType, sentence).toBe(
        denial.action === 'sts:AssumeRole' && !sentence.includes('because') ? null : type,
      )
    }
  })

  test('AWS’s page is linked', () => {
    const [sentence = ''] = sentences
    expect(text).toContain(explainDenial({ ...parseDenial(sentence), policyType: type }).page)
  })
})

test('the page and the sandbox have the same sentences', () => {
  // VPC Lattice is not in the sandbox, and says so in the page.
  const all = typed.filter(({ text }) => !text.includes('Not in the sandbox')).flatMap(({ sentences }) => sentences)
  expect([...all].sort()).toEqual([...produced].sort())
})
