import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findCatalogue, loadLabs, stepKinds } from '../../runner/index.ts'
import { repository } from '../runner/engine/harness.ts'

const text = readFileSync(join(repository, 'docs/claims.md'), 'utf8')
const rows = text.split('\n').filter(line => /^\| +\d+ \|/.test(line))
const cited = new Set(Array.from(text.matchAll(/`([a-z0-9-]+\/[a-z0-9-]+)`/g), ([, step]) => step))
const catalogue = await findCatalogue(repository)
const labs = await loadLabs(catalogue, catalogue.labs, stepKinds)
const steps = labs.flatMap(lab => lab.groups.flat().map(step => ({ name: `${lab.id}/${step.id}`, step })))
const page = new Set(labs.map(lab => lab.id))

test('about forty claims, numbered, each with its document, a step and a verdict', () => {
  expect(rows.length).toBeGreaterThanOrEqual(40)
  rows.forEach((row, index) => {
    const [, number, from, , by, verdict] = row.split('|').map(cell => cell.trim())
    expect(Number(number)).toBe(index + 1)
    expect(from).toMatch(/^00[0-4](, 00[0-4])*$/)
    expect(by).toMatch(/`[a-z-]+\/[a-z0-9-]+`/)
    expect(verdict).toMatch(/^(holds|wrong)/)
  })
})

test('every step that a claim names exists', () => {
  const names = new Set(steps.map(({ name }) => name))
  const unknown = [...cited].filter(name => page.has(name?.split('/')[0] ?? '') && !names.has(name ?? ''))
  expect(unknown).toEqual([])
  expect([...cited].filter(name => !page.has(name?.split('/')[0] ?? ''))).toEqual([])
})

// Set-up has no outcome of its own to claim: what it is for is told by the steps that expect something.
test('every step that is graded, or says what must come of it, is cited', () => {
  const uncited = steps
    .filter(({ step }) => step.points > 0 || step.expectation.kind !== 'allow' || step.expectation.output !== undefined)
    .filter(({ name }) => !cited.has(name))
    .map(({ name }) => name)
  expect(uncited).toEqual([])
})
