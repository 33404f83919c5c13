import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadCatalogue, loadLabs } from '../../../runner/definition/index.ts'
import { digestOfLabs } from '../../../runner/grading/what-judges.ts'
import { stepKinds } from '../../../runner/steps/index.ts'

const shipped = join(import.meta.dirname, '../../..')

/** Digest of identity-policies, and what it needs, of a copy of the labs that ship in which texts are exchanged. */
async function digestAfter(...changes: readonly (readonly [string, string, string])[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-judges-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['labs.yaml', 'labs']) cpSync(join(shipped, name), join(folder, name), { recursive: true })
  for (const [name, from, to] of changes) {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(folder, name), text.replace(from, to))
  }
  const catalogue = await loadCatalogue(join(folder, 'labs.yaml'))
  const load = (ids: readonly string[]) => loadLabs(catalogue, ids, stepKinds)
  return digestOfLabs({ labs: await load(['identity-policies']), all: await load(catalogue.labs), catalogue })
}

const lab = 'labs/identity-policies/lab.yaml'

test('labs in another folder, and a line lower, are the same', async () => {
  expect(await digestAfter([lab, 'id: ', '\n\nid: '])).toBe(await digestAfter())
})

test.each([
  ['an expectation', lab, 'imageTag: v1', 'imageTag: v9'],
  ['points', lab, 'points: 2', 'points: 3'],
  ['a name', lab, 'role: ecr_access_teama_role', 'role: other_role'],
  ['a hint, which is shown', lab, 'Nothing has granted it', 'Nobody has granted it'],
  ['a document', 'labs/identity-policies/policies/identity.json', 'ecr:ListImages', 'ecr:DescribeImages'],
  [
    'a lab that is needed',
    'labs/ecr-repositories/lab.yaml',
    'id: ecr-repositories',
    'id: ecr-repositories\nminimum: 0',
  ],
  ['how long an outcome may take', 'labs.yaml', 'within: 60s', 'within: 7s'],
])('%s is a part of what judges', async (_what, file, from, to) => {
  expect(await digestAfter([file, from, to])).not.toBe(await digestAfter())
})

test.each([
  ['repository-policies', false],
  ['trust-policy', true],
])('of the labs that nobody asked for, those that override a probe of these: %s', async (id, same) => {
  const after = await digestAfter([`labs/${id}/lab.yaml`, 'title: ', 'title: Another '])
  expect(after === (await digestAfter())).toBe(same)
})
