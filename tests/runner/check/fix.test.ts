import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyFixes, edited } from '../../../runner/check/apply-fixes.ts'
import { checkLabs } from '../../../runner/check/check-labs.ts'
import { exampleFolder } from '../../../runner/check/example-lab.ts'
import { labRules } from '../../../runner/check/rules/index.ts'
import { loadCatalogue } from '../../../runner/definition/index.ts'
import { folderOf } from './check-example.ts'

const fixable = labRules.filter(rule => rule.fixable)
const demo = async (folder: string) => checkLabs(await loadCatalogue(join(folder, 'labs.yaml')), ['demo'])

test('some rules mend', () => expect(fixable.length).toBeGreaterThanOrEqual(6))

test.each(fixable.map(rule => ({ id: rule.id, rule })))(
  '$id: mended, its wrong example is its right one',
  async ({ rule }) => {
    const folder = await folderOf(exampleFolder(rule.wrong))
    const mended = await applyFixes((await demo(folder)).findings)
    expect(mended.map(each => each.rule)).toEqual([rule.id])
    for (const [name, text] of Object.entries(exampleFolder(rule.right)))
      expect(await readFile(join(folder, name), 'utf8'), name).toBe(text)
    expect((await demo(folder)).findings).toEqual([])
  },
)

test('comments, line ends and a byte order mark stay', async () => {
  const rule = fixable.find(({ id }) => id === 'literal-account')
  const files = exampleFolder(rule?.wrong ?? '')
  const lab = files['labs/demo/lab.yaml'] ?? ''
  const commented = lab.replace('role-name: "{{names.role}}"', 'role-name:   "{{names.role}}"  # the reader\'s')
  const policy = `\uFEFF${(files['labs/demo/policies/list.json'] ?? '').replaceAll('\n', '\r\n')}`
  const folder = await folderOf({
    ...files,
    'labs/demo/lab.yaml': commented,
    'labs/demo/policies/list.json': policy,
  })
  await applyFixes((await demo(folder)).findings)
  expect(await readFile(join(folder, 'labs/demo/lab.yaml'), 'utf8')).toBe(commented)
  expect(await readFile(join(folder, 'labs/demo/policies/list.json'), 'utf8')).toBe(
    policy.replace('111122223333', '{{account}}'),
  )
})

test('several in one file, and one that another overlaps', async () => {
  expect(
    edited('a b c', [
      { file: '', start: 0, end: 1, text: 'long' },
      { file: '', start: 4, end: 5, text: '' },
    ]),
  ).toBe('long b ')
  const twice = {
    place: { file: 'f', line: 1, column: 1 },
    message: '',
    hint: null,
    rule: 'r',
    severity: 'note',
  } as const
  const folder = await folderOf({ f: 'abc' })
  const file = join(folder, 'f')
  const mended = await applyFixes([
    { ...twice, fix: [{ file, start: 0, end: 2, text: 'x' }] },
    { ...twice, fix: [{ file, start: 1, end: 3, text: 'y' }] },
  ])
  expect(mended).toHaveLength(1)
  expect(await readFile(file, 'utf8')).toBe('xc')
})
