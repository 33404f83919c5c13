import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { actionsOf, printedPolicy } from '../../cli/grading/policy-of-grader.ts'
import { packageFolder, temporaryFolder } from '../../cli/world-for-tests.ts'
import { gradedLabs, untrue, wholeClass } from './whole-class.ts'

// Waiting between the tries of a call proves nothing.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }))

/** Each state with every action refused; without SOAK every so many-th of the pairs. */
const every = process.env.SOAK === undefined ? 5 : 1
const states = 17

test('whichever action the grader is refused in a student’s account, the verdict is the same, or there is none', async () => {
  const actions = actionsOf(await printedPolicy(packageFolder, gradedLabs))
  expect(actions.length).toBeGreaterThan(12)
  const everybody = await wholeClass(states)
  const wrong: string[] = []
  const count = { graded: 0, open: 0 }
  const openBy = new Map(actions.map(action => [action, 0]))
  for (const [index, student] of everybody.students.entries())
    for (const [at, action] of actions.entries()) {
      if ((index * actions.length + at) % every !== 0) continue
      await everybody.refuse(student, action)
      const report = await everybody.gradeOne(student)
      wrong.push(...untrue(everybody, [report]).map(each => `${each}, without ${action}`))
      count[report.graded ? 'graded' : 'open'] += 1
      if (!report.graded) openBy.set(action, (openBy.get(action) ?? 0) + 1)
    }
  expect(wrong).toEqual([])
  expect(count.open).toBeGreaterThan(count.graded / 4)
  // In the full form each one is needed in some state. But a list can be read by DescribeImages too, no policy of these labs names tags, and what is
  // inline shows in the calls of who has it.
  const idle = [...openBy].flatMap(([action, times]) => (times === 0 ? [action] : []))
  if (every === 1) expect(idle).toEqual(['ecr:ListImages', 'ecr:ListTagsForResource', 'iam:GetRolePolicy'])
}, 1_200_000)

test('the one policy of a whole class is enough in every account of it, whatever its students call their things', async () => {
  const everybody = await wholeClass(states)
  const roster = join(temporaryFolder(), 'class.csv')
  writeFileSync(roster, everybody.made.roster.map(row => row.join(',')).join('\n'))
  const policy = await printedPolicy(packageFolder, gradedLabs, '--roster', roster)
  for (const student of everybody.students) await everybody.limit(student, policy)
  const reports = await everybody.grade()
  expect(reports.filter(({ graded }) => !graded).map(({ error }) => error?.message)).toEqual([])
  expect(untrue(everybody, reports)).toEqual([])
}, 120_000)
