import { expect, test } from 'vitest'
import { findCatalogue } from '../../runner/index.ts'
import { openWorkshop, repository } from '../runner/engine/harness.ts'
import { brokenTwin } from './twin.ts'
import { twins } from './twins.rows.ts'

test.each(twins)('$lab: $name', async ({ name: _, red, expected, actual, ...broken }) => {
  const twin = await brokenTwin(broken)
  const workshop = await openWorkshop({ labs: twin.folder })
  try {
    const asked = broken.lab === 'ecr-repositories' ? 'identity-policies' : broken.lab
    const report = await workshop.run([asked], { failFast: true })
    const step = report.labs.flatMap(lab => lab.steps).find(each => each.status !== 'passed')
    expect(step).toMatchObject({ id: red, file: expect.stringMatching(/^labs\/[a-z-]+\/lab\.yaml$/) })
    expect(step?.line).toBeGreaterThan(1)
    expect(step?.expected).toMatch(expected)
    const came = [step?.actual?.outcome, step?.actual?.message, ...(step?.diff ?? []).map(each => each.actual)]
    expect(came.join(' ')).toMatch(actual)
    expect(step?.status).toBe('failed')
    expect(report.exitCode).toBe(1)
  } finally {
    await workshop.close()
    await twin.remove()
  }
})

test('every lab has twins that go red: three at least where it is graded, forty in all', async () => {
  const { labs } = await findCatalogue(repository)
  const few = labs.filter(id => id !== 'ecr-repositories' && twins.filter(({ lab }) => lab === id).length < 3)
  expect(few).toEqual([])
  expect(twins.length).toBeGreaterThanOrEqual(40)
})
