import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineEvent } from '../../../runner/index.ts'
import { accountOf, openWorkshop, type Workshop } from './harness.ts'

let workshop: Workshop
beforeEach(async () => {
  workshop = await openWorkshop()
})
afterEach(() => workshop.close())

const deleted = {
  'all runs': () => rmSync(join(workshop.labFolder, 'runs'), { recursive: true }),
  'the journal': () => rmSync(join(workshop.labFolder, 'runs', runId(), 'journal.jsonl')),
}
const runId = () => workshop.events.flatMap(event => (event.type === 'run' ? [event.runId ?? ''] : []))[0] ?? ''

/** Runs identity-policies, and deletes once when something happens. */
const runDeleting = (what: keyof typeof deleted, when: (event: EngineEvent) => boolean, teardown: boolean) => {
  let before = true
  return workshop.run(['identity-policies'], {
    teardown,
    parallel: 1,
    emit: event => {
      workshop.events.push(event)
      if (!before || !when(event)) return
      before = false
      deleted[what]()
    },
  })
}

describe.each(Object.keys(deleted) as (keyof typeof deleted)[])('somebody deletes %s', what => {
  test.each([true, false])(
    'while steps run, --teardown %s: nothing more is made, exit 4, and how to find it',
    async teardown => {
      let there: string[] = []
      const afterRole = (event: EngineEvent) => event.type === 'step-done' && event.report.id === 'role'
      const error = await runDeleting(what, afterRole, teardown).catch(thrown => thrown)
      there = await accountOf(workshop)
      expect(error).toMatchObject({
        ...{ exitCode: 4, message: expect.stringContaining('journal.jsonl is gone') },
        hint: expect.stringContaining('lab teardown --orphans'),
      })
      expect(there.filter(each => /Roles|Policies/.test(each))).toEqual(['Roles ecr_access_teama_role'])
    },
  )

  test.each([true, false])('after the last step, --teardown %s: exit 4, never "nothing left"', async teardown => {
    const lastLab = (event: EngineEvent) => event.type === 'lab-done' && event.report.id === 'identity-policies'
    const report = await runDeleting(what, lastLab, teardown)
    expect(report.exitCode).toBe(4)
    expect(report.leftovers).toEqual([{ type: 'journal of a run', name: runId(), arn: null, runId: runId() }])
    const notes = workshop.events.flatMap(event => (event.type === 'note' ? [event.text] : []))
    expect(notes.join('\n')).toContain('lab teardown --orphans')
  })
})
