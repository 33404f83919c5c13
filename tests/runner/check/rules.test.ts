import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commentWithoutReason, idleComment } from '../../../runner/check/comments.ts'
import { definitionRules } from '../../../runner/check/definition-rules.ts'
import { filesOf } from '../../../runner/check/example-lab.ts'
import type { RuleFacts } from '../../../runner/check/rule.ts'
import { labRules } from '../../../runner/check/rules/index.ts'
import { unknownResource } from '../../../runner/check/rules/unknown-resource.ts'
import { root } from '../../repository/source-files.ts'
import { checkExample, offsetIn } from './check-example.ts'

const all: RuleFacts[] = [...definitionRules, ...labRules, idleComment, commentWithoutReason]

test.each(all.map(rule => ({ id: rule.id, rule })))(
  '$id: found in its wrong example, and nothing else',
  async ({ rule }) => {
    const { findings, texts } = await checkExample(rule.wrong)
    expect(findings.map(each => each.rule)).toEqual([rule.id])
    const [found] = findings
    expect(found?.severity).toBe(rule.severity)
    const file = Object.keys(filesOf(rule.wrong)).find(name => texts[name]?.includes(rule.at))
    expect(found?.name).toBe(file)
    expect(found?.offset).toBe(offsetIn(texts[file ?? ''] ?? '', rule.at))
    expect(found?.fixable).toBe(rule.fixable === true)
  },
)

test.each(all.map(rule => ({ id: rule.id, rule })))('$id: nothing in its right example', async ({ rule }) => {
  const { findings } = await checkExample(rule.right)
  expect(findings).toEqual([])
})

test('rules: the list is the folder, ids are the names of files', () => {
  const files = readdirSync(join(root, 'runner/check/rules')).map(file => file.replace(/\.ts$/, ''))
  expect(labRules.map(({ id }) => id).sort()).toEqual(files.filter(file => file !== 'index').sort())
})

test.each(all.map(rule => ({ id: rule.id, rule })))('$id: its words', ({ rule: { summary, why } }) => {
  expect(summary).toMatch(/^[A-Z`].*[^.]$/)
  expect(why).toMatch(/^[A-Z`].*\.$/)
})

test.each(['12345', '', 'ACCOUNT_ID'])(
  'unknown-resource: `%s` is no account that something could be in',
  async account => {
    const { wrong } = unknownResource
    const files = Object.entries(filesOf(wrong)).map(([name, text]) => [name, text.replace('{{account}}', account)])
    const { findings } = await checkExample(Object.fromEntries(files))
    expect(findings.map(each => each.rule)).toContain('unknown-resource')
  },
)
