import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findCatalogue, loadLabs, stepKinds } from '../../runner/index.ts'
import { everyKind } from './soaked-labs.ts'

test('the lab of the soak that uses every step kind uses every one that is registered', async () => {
  const catalogue = await findCatalogue(everyKind)
  const labs = await loadLabs(catalogue, catalogue.labs, stepKinds, {})
  const used = labs.flatMap(lab => lab.groups.flat()).map(({ kind }) => kind)
  expect([...new Set(used)].sort()).toEqual(stepKinds.map(({ kind }) => kind).sort())
  expect(catalogue.file).toBe(join(everyKind, 'labs.yaml'))
})
