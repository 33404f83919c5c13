import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { recordedIn } from '../../cli/why/recorded.ts'
import { askWhy } from '../../runner/engine/why/ask-why.ts'
import { findCatalogue, type Lab, loadLabs, stepKinds } from '../../runner/index.ts'
import { openWorkshop, repository, stepOf, type Workshop } from '../runner/engine/harness.ts'
import { callAgain, follow, nothing } from './follow-change.ts'

const catalogue = await findCatalogue(repository)
const all = await loadLabs(catalogue, catalogue.labs, stepKinds)

const denied = all.map(lab => ({
  lab: lab.id,
  steps: lab.groups
    .flat()
    .filter(({ expectation }) => expectation.kind === 'deny')
    .map(({ id }) => id),
}))

const ask = (workshop: Workshop, labs: readonly Lab[], lab: string, step: string) => {
  const { target, labFolder, userCredentialsFile } = workshop
  return askWhy({
    ...{ target, catalogue, labFolder, userCredentialsFile, workingFolder: repository, env: {}, version: '0.0.0' },
    ...{ labs, lab, step, runId: null, overrides: {}, emit: () => {}, signal: new AbortController().signal },
    recorded: recordedIn(join(workshop.folder, 'sandbox')),
  })
}

/** The log is written in batches. */
const logged = async (workshop: Workshop, requestId: string | null) => {
  if (requestId === null) return null
  const read = recordedIn(join(workshop.folder, 'sandbox'))
  return vi.waitFor(
    async () => {
      const found = await read(requestId)
      if (found === null) throw new Error(`the log has no request ${requestId}`)
      return found
    },
    { timeout: 20_000, interval: 5 },
  )
}

describe.each(denied.filter(({ steps }) => steps.length > 0))('$lab', ({ lab, steps }) => {
  test.each(steps)('%s: what decided is named, and the smallest change turns it', async step => {
    const workshop = await openWorkshop()
    try {
      const report = await workshop.run([lab], { until: step })
      const actual = stepOf(report, step).actual
      expect(actual?.outcome).toBe('denied')
      const recorded = await logged(workshop, actual?.requestId ?? null)
      const labs = await loadLabs(catalogue, [lab], stepKinds)
      const why = await ask(workshop, labs, lab, step)
      const refused = recorded?.checks.find(({ decision }) => decision !== 'allowed')
      expect(why.notes).toEqual([])
      if (refused === undefined) throw new Error('the sandbox has no record of the refusal')
      expect(why.source).toBe('recorded')
      expect(why.check).toEqual({
        ...{ action: refused.action, resource: refused.resource },
        ...{ decision: refused.decision, policyType: refused.policyType },
      })
      expect(why.deciding).toMatchObject(refused.statements)
      if (why.check?.decision === 'explicitDeny')
        for (const { place } of why.deciding) expect(place?.file).toMatch(/^labs\/.*\.(?:json|yaml)$/)
      expect(why.change).toMatchObject({ turns: 'allowed', edits: expect.anything() })
      if (!why.change) return
      expect(await callAgain(workshop, labs, why, nothing)).toMatchObject({ outcome: 'denied' })
      const brought = await follow(workshop, why, why.change)
      const outcome = await callAgain(workshop, labs, why, brought)
      // What no policy refuses any more may still lack an image, say: AWS then answers the request itself.
      expect(outcome.outcome === 'failed' ? outcome.cause : outcome.outcome, JSON.stringify(outcome)).toMatch(
        /^(?:allowed|request)$/,
      )
    } finally {
      await workshop.close()
    }
  })
})

test('every lab was looked at', () => {
  expect(denied.map(({ lab }) => lab)).toEqual(catalogue.labs)
  expect(denied.flatMap(({ steps }) => steps).length).toBeGreaterThanOrEqual(20)
})
