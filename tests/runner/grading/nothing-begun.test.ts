import { expect, test } from 'vitest'
import { openWorkshop } from '../engine/harness.ts'

test('in an account where nothing was begun every lab is graded, and none gives a point', async () => {
  const workshop = await openWorkshop()
  try {
    const asked = workshop.catalogue.labs
    const report = await workshop.verify([...asked])
    const odd = report.labs.flatMap(lab =>
      lab.points !== 0 || lab.status !== 'failed'
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

test('what comes out right in any account has its points where something of the lab is there', async () => {
  const workshop = await openWorkshop()
  try {
    await workshop.call('ecr:CreateRepository', { repositoryName: 'my-repository' })
    const { labs } = await workshop.verify(['describe-repository'])
    expect(labs.map(({ points, status }) => [points, status])).toEqual([[1, 'failed']])
  } finally {
    await workshop.close()
  }
}, 60_000)
