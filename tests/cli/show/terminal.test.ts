import { expect, test, vi } from 'vitest'
import type { StepReport } from '../../../assertions/index.ts'
import { plain } from '../../../cli/show/colours.ts'
import type { Paper } from '../../../cli/show/paper.ts'
import { eventLines } from '../../../cli/show/plain.ts'
import { terminalShow } from '../../../cli/show/terminal.ts'
import type { EngineEvent } from '../../../runner/engine/events.ts'
import { denied, stepReport } from './step-report.ts'

const columns = 100
const options = { quiet: false, verbose: false, steps: new Map() }

const step = (changed: Partial<StepReport>): EngineEvent[] => {
  const report = stepReport(changed)
  const { id, kind, title, as } = report
  return [
    { type: 'step', lab: 'a', step: id, kind, title, as },
    { type: 'waiting', lab: 'a', step: id, attempts: 2, elapsedMs: 2_000, last: 'denied' },
    { type: 'step-done', lab: 'a', report, detail: null },
  ]
}

const steps = [stepReport(), stepReport({ id: 'two', actual: denied }), stepReport({ id: 'three', status: 'failed' })]
const skipped = stepReport({ id: 'four', status: 'skipped', hint: 'interrupted' })

const events: EngineEvent[] = [
  { type: 'run', runId: 'x1f3', target: 'sandbox', accountId: '111122223333', region: 'us-west-2' },
  { type: 'note', text: 'a note before' },
  {
    type: 'lab',
    id: 'a',
    title: 'A lab',
    setUp: false,
    steps: [...steps, skipped].map(({ id, kind }) => ({ id, kind })),
  },
  ...step(steps[0] ?? {}),
  { type: 'note', text: 'a note between' },
  ...steps.slice(1).flatMap(step),
  {
    type: 'lab-done',
    report: {
      id: 'a',
      title: 'A lab',
      status: 'failed',
      setUp: false,
      points: 1,
      maxPoints: 4,
      steps: [...steps, skipped],
    },
  },
  {
    type: 'undo',
    runId: 'x1f3',
    lab: 'a',
    resource: { type: 'role', name: 'r', arn: null, part: false },
    result: 'gone',
    note: null,
  },
]

const upAndClear = '\u001b[1A\u001b[2K'

/** What a terminal shows after these bytes: lines, and "up one, clear it". */
function screen(text: string): string[] {
  const rows = ['']
  let rest = text
  while (rest !== '') {
    if (rest.startsWith(upAndClear)) {
      rows.pop()
      rows[rows.length - 1] = ''
      rest = rest.slice(upAndClear.length)
    } else if (rest.startsWith('\n')) {
      rows.push('')
      rest = rest.slice(1)
    } else {
      rows.push(`${rows.pop() ?? ''}${rest.charAt(0)}`)
      rest = rest.slice(1)
    }
  }
  return rows.slice(0, -1)
}

function paperOn(write: (text: string) => void): Paper {
  return { width: columns, colours: plain, animated: true, line: (text = '') => write(`${text}\n`) }
}

test('in the end a terminal shows the lines that a file would', async () => {
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const show = terminalShow(paperOn(write), { write, isTTY: true, columns }, options)
  for (const event of events) show.emit(event)
  await show.finish()
  const lines = eventLines(paperOn(write), options)
  const expected = events.flatMap(lines)
  expect(screen(written).sort()).toEqual(expected.sort())
  expect(screen(written)[0]).toBe('AccessLab · sandbox · account 111122223333 · us-west-2 · run x1f3')
})

test('a line under way says for how long, what is asked, what is waited for, and what came so far', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const show = terminalShow(paperOn(write), { write, isTTY: true, columns }, options)
  const { id, kind, title, as } = stepReport()
  show.emit({ type: 'lab', id: 'a', title: 'A lab', setUp: false, steps: [{ id, kind }] })
  show.emit({ type: 'step', lab: 'a', step: id, kind, title, as })
  const asked = { type: 'waiting', lab: 'a', step: id, attempts: 7, elapsedMs: 12_000, last: 'denied' } as const
  show.emit({ ...asked, wanted: 'allowed', holds: false })
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written).toMatch(
      /[1-9]\d* s {2}list-images {2}team-a\/alpine as ecrTester: waiting for allowed; so far denied/,
    )
  })
  vi.useRealTimers()
  await show.finish()
})

test('labs that are under way beside the one shown stand under its steps, and leave no line', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const show = terminalShow(paperOn(write), { write, isTTY: true, columns }, options)
  const report = stepReport()
  const { id, kind, title, as } = report
  const seen = (pattern: RegExp) =>
    vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(100)
      expect(screen(written).join('\n')).toMatch(pattern)
    })
  show.emit({ type: 'lab', id: 'a', title: 'A lab', setUp: false, steps: [{ id, kind }] })
  show.emit({ type: 'step', lab: 'a', step: id, kind, title, as })
  show.emit({ type: 'beside', labs: ['b', 'c'] })
  await seen(/list-images.*\n.*beside it: b, c$/)
  show.emit({ type: 'beside', labs: [] })
  await seen(/list-images[^\n]*$/)
  show.emit({ type: 'beside', labs: ['c'] })
  show.emit({ type: 'step-done', lab: 'a', report, detail: null })
  vi.useRealTimers()
  await show.finish()
  expect(screen(written).filter(line => line.includes('beside'))).toEqual([])
})
