import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { labsOf, notPassed, openWorkshop, type Workshop } from '../../runner/engine/harness.ts'
import { packageFolder } from '../world-for-tests.ts'
import { matrixLab } from './matrix-lab.ts'
import { actionsOf, type GraderPolicy, policyWithout, printedPolicy, verifiedBy } from './policy-of-grader.ts'

const labs = readdirSync(join(packageFolder, 'labs'))
/** Every action left out; without SOAK every so many-th. */
const every = process.env.SOAK === undefined ? 12 : 1

const open: { shipped?: Workshop; matrix?: Workshop; end: (() => Promise<void>)[] } = { end: [] }
beforeAll(async () => {
  const { folder, remove } = await labsOf({ matrix: matrixLab })
  open.shipped = await openWorkshop()
  open.matrix = await openWorkshop({ labs: folder })
  open.end = [open.shipped.close, open.matrix.close, remove]
  expect(notPassed(await open.matrix.run(['matrix']))).toEqual([])
  await putInGroup(open.matrix)
  await open.shipped.run(labs)
}, 120_000)
afterAll(async () => {
  for (const end of open.end) await end()
})

/** What the user of the lab may do comes from a group as well. */
async function putInGroup({ call }: Workshop): Promise<void> {
  const group = { GroupName: 'matrix-group' }
  const statement = { Effect: 'Allow', Action: 'ecr:DescribeRegistry', Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement })
  await call('iam:CreateGroup', group)
  await call('iam:PutGroupPolicy', { ...group, PolicyName: 'own', PolicyDocument })
  await call('iam:AddUserToGroup', { ...group, UserName: 'matrix-user' })
}

function of(name: 'shipped' | 'matrix'): { workshop: Workshop; asked: string[]; cwd: string } {
  const workshop = open[name]
  if (!workshop) throw new Error('it is made before all')
  return { workshop, asked: name === 'matrix' ? ['matrix'] : labs, cwd: workshop.catalogue.folder }
}

const isNoRead = (action: string) => !/:(Get|List|Describe|BatchGet|BatchCheck|AssumeRole$|TagSession$)/.test(action)

const verdicts = (report: Report) =>
  report.labs.flatMap(({ id, status, points }) => (points === null ? [] : [`${id} ${points} ${status}`]))

test.each(['shipped', 'matrix'] as const)(
  'the policy of --for verify is enough to verify every lab, and allows no change: %s',
  async name => {
    const { workshop, asked, cwd } = of(name)
    const policy = await printedPolicy(cwd)
    expect(actionsOf(policy).filter(isNoRead)).toEqual([])
    const report = await verifiedBy(workshop, policy, asked)
    const short = report.labs.flatMap(each =>
      each.steps
        .filter(step => step.status === 'blocked' || step.status === 'failed' || step.status === 'error')
        .map(step => `${each.id}/${step.id}: ${(step.hint ?? step.actual?.message)?.slice(0, 300)}`),
    )
    expect(short).toEqual([])
    expect(report.labs.filter(({ points, maxPoints }) => points !== maxPoints).map(({ id }) => id)).toEqual([])
  },
  180_000,
)

/** What graders are often not allowed, and what decides in silence. */
const hidden = new Set(['ecr:ListTagsForResource', 'ecr:GetRegistryPolicy'])

/** Verifies without one action after another; gives those without which everything is graded all the same. */
async function idle(workshop: Workshop, asked: readonly string[], policy: GraderPolicy, step: number) {
  const right = verdicts(await verifiedBy(workshop, policy, asked))
  const found: string[] = []
  const chosen = actionsOf(policy).filter((action, index) => index % step === 0 || hidden.has(action))
  for (const action of chosen) {
    const report = await verifiedBy(workshop, policyWithout(policy, action), asked)
    const wrong = verdicts(report).filter(each => !right.includes(each))
    expect([action, wrong]).toEqual([action, []])
    if (report.labs.every(({ points, setUp }) => setUp || points !== null)) found.push(action)
  }
  return found
}

test('without any one action of it something is not graded, and no verdict is wrong: a lab with a matrix', async () => {
  const { workshop, asked, cwd } = of('matrix')
  // Tags decide where a policy names them, and none does; policies are looked for by name where they are not where the lab would have them.
  expect((await idle(workshop, asked, await printedPolicy(cwd), 1)).sort()).toEqual([
    'ecr:ListTagsForResource',
    'iam:ListPolicies',
  ])
}, 180_000)

test('without any one action of it no verdict is wrong: every lab', async () => {
  const { workshop, asked, cwd } = of('shipped')
  await idle(workshop, asked, await printedPolicy(cwd), every)
}, 600_000)
