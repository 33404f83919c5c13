import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conflict, type Touches } from '../../../runner/engine/conflict.ts'
import type { EngineEvent } from '../../../runner/engine/events.ts'
import { inDependence } from '../../../runner/engine/in-dependence.ts'
import { inTurn } from '../../../runner/engine/in-turn.ts'
import { touching, whoWaits } from '../../../runner/engine/order-of-labs.ts'
import { slots } from '../../../runner/engine/slots.ts'
import type { Touch } from '../../../runner/steps/touch.ts'
import { labReport } from '../../reports/sample-report.ts'

const touch: fc.Arbitrary<Touch> = fc.record({
  type: fc.constantFrom('role', 'repository'),
  name: fc.constantFrom('a', 'b', 'B', 'c', 'd', '*'),
  access: fc.constantFrom('read', 'read', 'write', 'list'),
})

/** What a lab touches, which of those before it it needs, and how many turns each of its steps takes. */
const labs = fc.array(
  fc.record({
    touches: fc.option(fc.array(touch, { maxLength: 4 }), { freq: 8 }),
    needs: fc.array(fc.nat(30), { maxLength: 2 }),
    steps: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 14 },
)

const turn = () => new Promise(resolve => setImmediate(resolve))
const note = (text: string): EngineEvent => ({ type: 'note', text })

test('labs that join never overlap, every lab is run, steps under way stay within the bound, and all is told in order', async () => {
  await fc.assert(
    fc.asyncProperty(labs, fc.integer({ min: 1, max: 6 }), async (drawn, most) => {
      const needed = drawn.map(({ needs }, position) => needs.filter(each => each < position))
      const joined = drawn.map((_, position) => ({
        lab: { id: `${position}` },
        needed: (needed[position] ?? []).map(id => ({ id: `${id}` })),
      }))
      const touches: Touches[] = drawn.map(each => each.touches)
      const waitsFor = whoWaits(joined, touching(touches))
      const running = new Set<number>()
      const ended = new Set<number>()
      const told: string[] = []
      const turns = inTurn(event => told.push(event.type === 'note' ? event.text : ''))
      const room = slots(most)
      let underWay = 0
      await inDependence(waitsFor, async position => {
        for (const other of running) expect(conflict(touches[position] ?? null, touches[other] ?? null)).toBe(false)
        for (const need of needed[position] ?? []) expect(ended).toContain(need)
        // Of two that touch the same the one that stands first goes first.
        for (const before of drawn.keys())
          if (before < position && conflict(touches[position] ?? null, touches[before] ?? null))
            expect(ended).toContain(before)
        running.add(position)
        for (const [step, length] of (drawn[position]?.steps ?? []).entries())
          await room(length, async () => {
            underWay += 1
            expect(underWay).toBeLessThanOrEqual(most)
            for (let left = length; left > 0; left -= 1) await turn()
            turns.emitOf(position)(note(`${position}.${step}`))
            underWay -= 1
          })
        running.delete(position)
        ended.add(position)
        turns.ended(position)
      })
      expect(ended.size).toBe(drawn.length)
      expect(told).toEqual(drawn.flatMap(({ steps }, position) => steps.map((_, step) => `${position}.${step}`)))
    }),
    { seed: 11, numRuns: 200 },
  )
})

test('what one throws is thrown when those that were begun have ended, and nothing new is begun', async () => {
  const begun: number[] = []
  let ended = false
  const works = inDependence([[], [], [0], [1]], async work => {
    begun.push(work)
    await turn()
    if (work === 0) throw new Error('broken')
    await turn()
    ended = true
  })
  await expect(works).rejects.toThrow('broken')
  expect(ended).toBe(true)
  expect(begun).toEqual([0, 1])
})

test('the first that has not ended tells at once, the others when their turn comes', () => {
  const told: string[] = []
  const turns = inTurn(event => told.push(event.type === 'note' ? event.text : ''))
  turns.emitOf(1)(note('1a'))
  turns.emitOf(0)(note('0a'))
  expect(told).toEqual(['0a'])
  turns.emitOf(2)(note('2a'))
  turns.ended(2)
  turns.ended(0)
  expect(told).toEqual(['0a', '1a'])
  turns.emitOf(1)(note('1b'))
  expect(told).toEqual(['0a', '1a', '1b'])
  turns.ended(1)
  expect(told).toEqual(['0a', '1a', '1b', '2a'])
})

test('which labs are under way behind the first is told as it changes, until their turn comes', () => {
  const told: string[] = []
  const turns = inTurn(event =>
    told.push(event.type === 'beside' ? `beside: ${event.labs}` : event.type === 'lab' ? event.id : event.type),
  )
  const begin = (work: number, id: string) =>
    turns.emitOf(work)({ type: 'lab', id, title: id, setUp: false, steps: [] })
  begin(0, 'a')
  begin(2, 'c')
  begin(1, 'b')
  turns.emitOf(2)({ type: 'lab-done', report: labReport('c', 'passed', []) })
  turns.ended(2)
  expect(told.splice(0)).toEqual(['a', 'beside: c', 'beside: b,c', 'beside: b'])
  turns.ended(0)
  expect(told.splice(0)).toEqual(['b', 'beside: '])
  turns.ended(1)
  expect(told).toEqual(['c', 'lab-done'])
})

test('of those that wait for room the most urgent comes first, of equals the one that waited longest', async () => {
  const room = slots(1)
  const done: string[] = []
  const work = (urgency: number, name: string) => room(urgency, async () => void done.push(name))
  await Promise.all([work(1, 'at once'), work(1, 'a'), work(3, 'urgent'), work(1, 'b'), work(3, 'urgent too')])
  expect(done).toEqual(['at once', 'urgent', 'urgent too', 'a', 'b'])
})
