import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findCatalogue, loadLabs } from '../../../runner/definition/index.ts'
import { type SkimmedLab, skimCatalogue, skimNeeds } from '../../../runner/definition/skim-catalogue.ts'
import { stepKinds } from '../../../runner/index.ts'
import { root } from '../../repository/source-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'accesslab-skim-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As the full reading has them. */
async function checked(from: string): Promise<SkimmedLab[]> {
  const catalogue = await findCatalogue(from)
  const labs = await loadLabs(catalogue, catalogue.labs, stepKinds)
  return catalogue.labs.map(id => {
    const lab = labs.find(each => each.id === id)
    const steps = lab?.groups.flat() ?? []
    const points = steps.reduce((sum, step) => sum + step.points, 0)
    return {
      ...{ id, title: lab?.title ?? '', source: lab?.source ?? null },
      ...{ steps: steps.length, points, needs: [...(lab?.needs ?? [])] },
    }
  })
}

test.each([
  [`${'id: one\ntitle: A lab\n'}needs: [two, three]\n`, ['two', 'three']],
  ['id: one\nneeds:\n  - two\n', ['two']],
  ['id: one\n', []],
  ['id: one\nneeds: &a [two]\n', null],
  ['{ id: one, needs: [two] }', null],
  ['id: one\n"needs": [two]\n', null],
  ['id: one\nneeds : [two]\n', null],
  ['- needs: [two]\n', null],
  ['id: one\u2028needs: [two]\n', null],
])('what a lab needs: %j', (text, needs) => {
  expect(skimNeeds(text)).toEqual(needs)
})

test('the labs that ship: at a glance as in full', async () => {
  expect(skimCatalogue(root, undefined, '')).toEqual(await checked(root))
})

let count = 0
const catalogue = (lab: string, labs = 'labs: [one]\n'): string => {
  count += 1
  const own = join(folder, String(count))
  mkdirSync(join(own, 'labs/one'), { recursive: true })
  writeFileSync(join(own, 'labs.yaml'), labs)
  writeFileSync(join(own, 'labs/one/lab.yaml'), lab)
  return own
}
const skim = (lab: string, labs?: string) => skimCatalogue(catalogue(lab, labs), undefined, '')

const step = 'steps:\n  - id: who\n    get-caller-identity: {}\n    points: 2\n'
const head = 'id: one\ntitle: A lab\n'

describe('forms that a glance takes', () => {
  test.each([
    ['plain', `${head}${step}`],
    [
      'comments and blank lines',
      `# a\n\n${head}# b\nsteps:\n\n  # c\n  - id: who\n# d\n    get-caller-identity: {} # e\n`,
    ],
    ['quotes', `id: one\ntitle: "A: lab"\nsource: 'Page "x"'\n${step}`],
    ['CRLF', `${head}${step}`.replaceAll('\n', '\r\n')],
    [
      'a kind first, and its fields in lines',
      `${head}steps:\n  - create-repository:\n      repository-name: points\n    points: 3\n`,
    ],
    [
      'texts that look like steps',
      `${head}description: >-\n  - id: x\n    points: 4\nsteps:\n  - command:\n      run: |\n        - id: a\n        points: 7\n      shell: true\n`,
    ],
    [
      'steps together',
      `${head}steps:\n  - parallel:\n      - id: a\n        get-caller-identity: {}\n        points: 1\n      - get-caller-identity:\n        points: 2\n  - get-caller-identity: {}\n`,
    ],
    ['deeper indentation', `${head}steps:\n    - id: who\n      get-caller-identity: {}\n      points: 1\n`],
  ])('%s', async (_, text) => {
    const from = catalogue(text)
    const found = skimCatalogue(from, undefined, '')
    expect(found).not.toBeNull()
    expect(found).toEqual(await checked(from))
  })
})

describe('what takes the full reading', () => {
  test.each([
    ['no title', `id: one\n${step}`],
    ['another id', `id: two\ntitle: A lab\n${step}`],
    ['a misspelt key', `${head}sorce: x\n${step}`],
    ['a key twice', `${head}title: B\n${step}`],
    ['a title of two lines', `id: one\ntitle: A\n  lab\n${step}`],
    ['a folded title', `id: one\ntitle: >-\n  A lab\n${step}`],
    ['a title with an escape', `id: one\ntitle: "A\\tlab"\n${step}`],
    ['a title that is a number', `id: one\ntitle: 7\n${step}`],
    ['a title with a comment', `id: one\ntitle: A lab # x\n${step}`],
    ['a title with a colon', `id: one\ntitle: A: lab\n${step}`],
    ['an unknown need', `${head}needs: [none]\n${step}`],
    ['steps in one line', `${head}steps: [{ get-caller-identity: {} }]\n`],
    ['a step in braces', `${head}steps:\n  - { get-caller-identity: {} }\n`],
    ['a step of two kinds', `${head}steps:\n  - get-caller-identity: {}\n    wait: 1s\n`],
    ['a step of no kind', `${head}steps:\n  - id: x\n`],
    ['points that are no whole number', `${head}steps:\n  - get-caller-identity: {}\n    points: 1.5\n`],
    ['a key of a step twice', `${head}steps:\n  - get-caller-identity: {}\n    points: 1\n    points: 2\n`],
    ['an indentation between', `${head}steps:\n  - id: a\n   get-caller-identity: {}\n`],
    ['tabs', `${head}steps:\n  - id: a\n\tget-caller-identity: {}\n`],
    ['two documents', `${head}${step}---\n`],
    ['no steps', head],
    ['an anchor for steps', `${head}steps: &a\n  - get-caller-identity: {}\n`],
    ['a carriage return alone', `${head}steps:\n  - get-caller-identity: {} # x\r    points: 5\n`],
    ['points with another blank', `${head}steps:\n  - get-caller-identity: {}\n    points: 5\u00a0\n`],
    ['a line of another blank', `${head}steps:\n  - get-caller-identity: {}\n\u00a0\n`],
    ['a quoted key of a step', `${head}steps:\n  - "id": x\n    get-caller-identity: {}\n`],
    ['a quoted kind', `${head}steps:\n  - "get-caller-identity": {}\n`],
    ['a group in a group', `${head}steps:\n  - parallel:\n      - parallel:\n          - get-caller-identity: {}\n`],
    ['a group without steps', `${head}steps:\n  - parallel:\n  - get-caller-identity: {}\n`],
    ['a group in one line', `${head}steps:\n  - parallel: [{ get-caller-identity: {} }]\n`],
    ['a step that is none', `${head}steps:\n  - get-caller-identity: {}\n  nothing\n`],
    ['a group beside a kind', `${head}steps:\n  - id: x\n    parallel:\n      - get-caller-identity: {}\n`],
  ])('%s', (_, text) => {
    expect(skim(text)).toBeNull()
  })

  test.each([
    ['an unknown key', 'labs: [one]\ntargt: aws\n'],
    ['a lab twice', 'labs: [one, one]\n'],
    ['a lab without a file', 'labs: [one, none]\n'],
    ['no labs', 'labs: []\n'],
  ])('labs.yaml with %s', (_, labs) => {
    expect(skim(`${head}${step}`, labs)).toBeNull()
  })
})
