import { afterAll, beforeAll, expect, test } from 'vitest'
import { askWhy } from '../../../../runner/engine/why/ask-why.ts'
import { loadLabs, stepKinds } from '../../../../runner/index.ts'
import { openWorkshop, repository, type Workshop } from '../harness.ts'

let workshop: Workshop
beforeAll(async () => {
  // As AWS: nothing is recorded, everything is read.
  workshop = await openWorkshop({ eventual: true })
  workshop.catalogue.timings.within = 2_000
  workshop.catalogue.timings.stays = 0
  const report = await workshop.run(['repository-policies', 'trust-policy'])
  expect(report.exitCode).toBe(0)
})
afterAll(() => workshop.close())

const ask = async (lab: string, step: string) => {
  const { target, labFolder, catalogue, userCredentialsFile } = workshop
  const labs = await loadLabs(catalogue, [lab], stepKinds, {})
  return askWhy({
    ...{ target, catalogue, labFolder, userCredentialsFile, workingFolder: repository, env: {}, version: '0.0.0' },
    ...{ labs, lab, step, runId: null, overrides: {}, emit: () => {}, signal: new AbortController().signal },
    recorded: async () => null,
  })
}

test('decided from the policies read; what no account can read is said', async () => {
  const why = await ask('repository-policies', 'team-a-denied')
  expect(why).toMatchObject({
    ...{ source: 'evaluated', notes: [], check: { decision: 'explicitDeny', policyType: 'resource-based' } },
    deciding: [{ sid: 'DenyECRTester', place: { file: 'labs/repository-policies/policies/team-a.json', line: 4 } }],
    change: { turns: 'allowed' },
  })
  expect(why.layers.filter(({ verdict }) => verdict === 'notRead').map(({ policyType }) => policyType)).toEqual([
    ...['service control policy', 'resource control policy', 'VPC endpoint policy'],
  ])
})

test('STS names no reason; the policies do', async () => {
  expect(await ask('trust-policy', 'external-id-missing')).toMatchObject({
    ...{ source: 'evaluated', check: { decision: 'implicitDeny', policyType: 'role trust policy' } },
    nearest: [{ mismatch: { element: 'Condition', key: 'sts:ExternalId', actual: null } }],
    change: { edits: [{ edit: { edit: 'context', key: 'sts:ExternalId' } }] },
  })
})

test('a step that the lab does not have', async () => {
  await expect(ask('trust-policy', 'nope')).rejects.toThrow('has no step `nope`')
})
