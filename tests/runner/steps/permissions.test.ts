import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Lab, loadLabs, stepKinds } from '../../../runner/index.ts'
import { type Meddler, meddle } from '../../faults/meddler.ts'
import { notPassed, openWorkshop, type Workshop } from '../engine/harness.ts'

let workshop: Workshop
let meddler: Meddler
beforeEach(async () => {
  workshop = await openWorkshop({
    through: async endpoint => {
      meddler = await meddle(endpoint, () => null)
      return meddler.endpoint
    },
  })
})
afterEach(async () => {
  await workshop.close()
  await meddler.close()
})

const place = { partition: 'aws', account: '111122223333', region: 'us-west-2' }
const kinds = new Map(stepKinds.map(kind => [kind.kind, kind]))

/** Actions that the steps of labs say they need, without the service: as the meddler sees operations of IAM and STS. */
function said(labs: readonly Lab[], ...when: ('run' | 'verify' | 'undo' | 'spare')[]): Set<string> {
  const prepared = labs
    .flatMap(lab => lab.groups.flat())
    .flatMap(step => {
      const kind = kinds.get(step.kind)
      return kind ? [kind.prepare(kind.example)] : []
    })
  const permissions = prepared.flatMap(each => when.flatMap(one => each.permissions(place, () => null)[one] ?? []))
  return new Set(permissions.map(({ action }) => action.replace(/^\w+:/, '')))
}

/** Nobody needs a permission for it. */
const free = ['GetCallerIdentity']

const sentBeyond = (known: ReadonlySet<string>) =>
  [...new Set(meddler.seen.splice(0).map(name => name.replace(/^ecr:/, '')))]
    .filter(name => !known.has(name) && !free.includes(name))
    .sort()

test('nothing is sent that the steps do not say they need: run, run again, verify, teardown', async () => {
  const asked = ['repository-policies']
  const labs = await loadLabs(workshop.catalogue, asked, stepKinds, {})
  expect(notPassed(await workshop.run(asked))).toEqual([])
  expect(sentBeyond(said(labs, 'run', 'spare'))).toEqual([])
  expect(notPassed(await workshop.run(asked))).toEqual([])
  expect(sentBeyond(said(labs, 'run', 'verify', 'undo', 'spare'))).toEqual([])
  expect(notPassed(await workshop.verify(asked))).toEqual([])
  expect(sentBeyond(said(labs, 'run', 'verify', 'spare'))).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(sentBeyond(said(labs, 'undo', 'spare'))).toEqual([])
})
