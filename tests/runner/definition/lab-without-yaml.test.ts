import { expect, test } from 'vitest'
import { checkTemplates, type Lab, operationTable, type Step } from '../../../runner/definition/index.ts'
import { kinds } from './kinds.ts'

const place = { file: '/pages/one.md', line: 12, column: 1 }
const step = (id: string, fields: unknown): Step => ({
  id,
  kind: 'list-images',
  fields,
  as: null,
  identity: null,
  expectation: { kind: 'allow', output: undefined },
  probes: false,
  within: null,
  stays: null,
  points: 0,
  hint: null,
  supersedes: [],
  place,
})

test('a lab that was not made from YAML has its templates checked, placed at their steps', async () => {
  const lab: Lab = {
    id: 'page',
    title: 'Page',
    description: null,
    source: null,
    needs: [],
    names: { repo: 'a' },
    vars: {},
    env: {},
    groups: [
      [step('one', { 'repository-name': '{{names.repo}}' })],
      [step('two', { 'repository-name': '{{names.rep}}', x: [{ '{{vars.y}}': 1 }] })],
    ],
    file: place.file,
    folder: '/pages',
  }
  const context = { kinds, operations: await operationTable(), needed: [], identities: [], env: null, given: null }
  expect(checkTemplates(lab, context)).toEqual([
    { place, message: 'there is no name `rep`', hint: 'did you mean `repo`?', rule: 'unknown-template' },
    { place, message: 'there is no var `y`', hint: null, rule: 'unknown-template' },
  ])
})
