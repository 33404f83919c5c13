import { expect, test } from 'vitest'
import { openWorkshop } from '../engine/harness.ts'

test('in an account where nothing was begun every lab is graded, and none is passed', async () => {
  const workshop = await openWorkshop()
  try {
    const asked = workshop.catalogue.labs
    const report = await workshop.verify([...asked])
    const odd = report.labs.flatMap(lab =>
      lab.points === null || lab.status === 'passed'
        ? [`${lab.id} ${lab.points} ${lab.status}`]
        : lab.steps
            .filter(({ status }) => status === 'error' || status === 'blocked')
            .map(step => `${lab.id}/${step.id}`),
    )
    expect(odd).toEqual([])
  } finally {
    await workshop.close()
  }
}, 60_000)
