import { expect, test } from 'vitest'
import { packageFolder } from '../../cli/world-for-tests.ts'
import { notPassed, openWorkshop } from '../../runner/engine/harness.ts'
import { actionsOf, printed, runAs, without } from './as-runner.ts'

const policy = await printed(packageFolder, '--all')

/** Every action with the labs whose own policy has it, those with the fewest steps first. */
async function labsByAction(): Promise<Map<string, string[]>> {
  const workshop = await openWorkshop()
  const { labs } = await workshop.options([...workshop.catalogue.labs])
  await workshop.close()
  const sized = labs.map(lab => {
    const whole = [lab, ...labs.filter(({ id }) => lab.needs.includes(id))]
    return { id: lab.id, steps: whole.reduce((sum, each) => sum + each.groups.flat().length, 0) }
  })
  const found = new Map<string, string[]>()
  for (const { id } of sized.toSorted((a, b) => a.steps - b.steps))
    for (const action of actionsOf(await printed(packageFolder, id)))
      found.set(action, [...(found.get(action) ?? []), id])
  return found
}

test('a role with exactly the printed policy runs every lab and takes it back', async () => {
  const workshop = await openWorkshop()
  const report = await runAs(workshop, policy, [...workshop.catalogue.labs])
  expect(notPassed(report)).toEqual([])
  expect(report).toMatchObject({ exitCode: 0, leftovers: [] })
  await workshop.close()
}, 240_000)

test('without any one action some lab fails', async () => {
  const labs = await labsByAction()
  const needless: string[] = []
  for (const action of actionsOf(policy)) {
    const rest = without(policy, action)
    let failed = false
    for (const lab of labs.get(action) ?? []) {
      const workshop = await openWorkshop()
      failed = (await runAs(workshop, rest, [lab])).exitCode !== 0
      await workshop.close()
      if (failed) break
    }
    if (!failed) needless.push(action)
  }
  expect(needless).toEqual([])
}, 900_000)
