import { afterEach, expect, test, vi } from 'vitest'
import type { LabReport } from '../../../assertions/index.ts'
import { Clients } from '../../../runner/aws/clients.ts'
import { openWorkshop } from '../engine/harness.ts'
import { untrue, wholeClass } from './whole-class.ts'

// What is lost here stays lost: waiting between the tries would prove nothing.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }))

/** The full form loses every single call of every state and lab; without SOAK every so many-th. */
const every = (many: number) => (process.env.SOAK === undefined ? many : 1)

const thrown = (name: string, facts: object) => Object.assign(new Error(), { name, message: 'lost', ...facts })
const fault = (name: string, httpStatusCode: number) =>
  thrown(name, { $fault: 'client', $metadata: { httpStatusCode } })

/** How an answer is lost: as the SDK says it. */
const losses: readonly (() => Error)[] = [
  () => thrown('TimeoutError', {}),
  () => fault('InternalFailure', 500),
  () => fault('Throttling', 400),
  () => fault('ExpiredToken', 403),
  () => Object.assign(fault('AccessDenied', 403), { message: 'UnknownError' }),
  // A proxy's page.
  () => thrown('UnknownError', { $metadata: { httpStatusCode: 404 } }),
  () => thrown('SyntaxError', { $metadata: { httpStatusCode: 200 } }),
]

const send = Clients.prototype.send
let asked = new Set<string>()
let lost: { call: string; how: () => Error } | null = null
vi.spyOn(Clients.prototype, 'send').mockImplementation(function (this: Clients, operation, input, signal) {
  const call = `${operation} ${JSON.stringify(input)}`
  asked.add(call)
  return lost?.call === call ? Promise.reject(lost.how()) : send.call(this, operation, input, signal)
})

afterEach(() => {
  lost = null
})

/** Does the work with one call after another lost. */
async function losingEach<T>(work: () => Promise<T>, step: number, begin = 0): Promise<[string, T][]> {
  lost = null
  asked = new Set()
  await work()
  const done: [string, T][] = []
  const calls = [...asked].sort()
  for (let at = begin % step; at < calls.length; at += step) {
    const [call, how] = [calls[at] ?? '', losses[at % losses.length] ?? losses[0]]
    if (how) lost = { call, how }
    done.push([call, await work()])
  }
  lost = null
  return done
}

test('whichever answer of a student’s account is lost, no verdict is wrong: who could not be judged is not graded', async () => {
  const everybody = await wholeClass(17)
  const wrong: string[] = []
  let [open, reached] = [0, 0]
  for (const [index, student] of everybody.students.entries()) {
    const work = () => everybody.gradeOne(student)
    for (const [call, report] of await losingEach(work, every(8), index)) {
      wrong.push(...untrue(everybody, [report]).map(each => `${each}, without ${call}`))
      if (!report.graded) open += 1
      if (report.graded && report.labs.some(isOpen))
        wrong.push(`${student.student} is graded, and not judged whole, without ${call}`)
      reached += 1
    }
  }
  expect(wrong).toEqual([])
  expect(reached).toBeGreaterThan(20)
  expect(open).toBeGreaterThan(reached / 2)
}, 600_000)

test.each(['done', 'not begun'])(
  'in an account where every lab is %s a lost answer never changes a verdict',
  async state => {
    const workshop = await openWorkshop()
    try {
      const { labs } = workshop.catalogue
      if (state === 'done') await workshop.run([...labs])
      const wrong: string[] = []
      for (const [index, lab] of labs.entries()) {
        const work = async () => (await workshop.verify([lab])).labs.filter(({ setUp }) => !setUp)
        const right = await work()
        for (const [call, reports] of await losingEach(work, every(8), index))
          wrong.push(...differing(right, reports).map(each => `${each}, without ${call}`))
      }
      expect(wrong).toEqual([])
    } finally {
      await workshop.close()
    }
  },
  900_000,
)

const verdict = ({ id, points, status }: LabReport) => `${id}: ${points} ${status}`

/** Verdicts that differ; what is not graded left out. */
const differing = (right: readonly LabReport[], reports: readonly LabReport[]): string[] =>
  reports.flatMap(report => {
    const before = right.find(({ id }) => id === report.id)
    const same = report.points === null || (before !== undefined && verdict(before) === verdict(report))
    return same ? [] : [`${verdict(report)}, not ${before ? verdict(before) : 'there'}`]
  })

/** A lab that is graded, and of which something was not judged. */
const isOpen = ({ setUp, status }: LabReport): boolean => !setUp && (status === 'error' || status === 'blocked')
