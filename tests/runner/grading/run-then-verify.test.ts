import { expect, test } from 'vitest'
import { findCatalogue } from '../../../runner/index.ts'
import { openWorkshop, repository } from '../engine/harness.ts'

const { labs } = await findCatalogue(repository)

test.each(labs)(
  '%s run in an empty account, then verified, alone and with all that it needs, has full points',
  async lab => {
    const workshop = await openWorkshop()
    try {
      await workshop.run([lab])
      const chain = (await workshop.options([lab])).labs.map(({ id }) => id)
      for (const asked of new Set([lab, ...chain].map(id => [id]).concat([chain]))) {
        const { labs: reports, exitCode } = await workshop.verify(asked)
        const short = reports.filter(each => each.points !== each.maxPoints || each.status !== 'passed')
        expect([asked, exitCode, short.map(each => `${each.id} ${each.points} ${each.status}`)]).toEqual([asked, 0, []])
      }
    } finally {
      await workshop.close()
    }
  },
)
