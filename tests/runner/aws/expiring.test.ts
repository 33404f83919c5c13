import { afterEach, expect, test } from 'vitest'
import { jsonError, type Meddler, meddle } from '../../faults/meddler.ts'
import { openWorkshop, stepOf, stepsOf, type Workshop } from '../engine/harness.ts'
import { keysOf, newPerson, type Person } from './person.ts'

let workshop: Workshop | undefined
let person: Person | undefined
let meddler: Meddler | undefined
afterEach(async () => {
  await workshop?.close()
  await meddler?.close()
  await person?.close()
  workshop = undefined
  person = undefined
})

const expired = jsonError('ExpiredTokenException', 'The security token included in the request is expired')

/** Says `times` times that the token has expired when images are listed. */
const through =
  (times: number) =>
  async (endpoint: string): Promise<string> => {
    let said = 0
    meddler = await meddle(endpoint, operation => {
      if (operation !== 'ecr:ListImages' || said >= times) return null
      said += 1
      return expired
    })
    return meddler.endpoint
  }

test('a session of a step that expires in the middle is made again, and the call sent again', async () => {
  workshop = await openWorkshop({ through: through(1) })
  const report = await workshop.run(['identity-policies'])
  expect(report.exitCode, stepsOf(report).join()).toBe(0)
  expect(meddler?.seen.filter(operation => operation === 'AssumeRole')).toHaveLength(2)
})

test('one that stays expired is told as such: an error of the surroundings, no failed expectation', async () => {
  workshop = await openWorkshop({ through: through(Number.POSITIVE_INFINITY) })
  const report = await workshop.run(['identity-policies'])
  expect(report.exitCode).toBe(3)
  expect(stepOf(report, 'team-b-denied')).toMatchObject({
    status: 'error',
    points: null,
    actual: { code: 'ExpiredTokenException' },
  })
})

test('a profile whose keys were renewed since is read again', async () => {
  person = await newPerson()
  await person.write({ credentials: `[default]\n${keysOf(person.admin)}\n` })
  const target = await person.open(null, { endpoint: await through(1)(person.sandbox.endpoint) })
  const outcome = await target.caller.call('ecr:ListImages', { repositoryName: 'nowhere' })
  expect(outcome).toMatchObject({ outcome: 'failed', code: 'RepositoryNotFoundException' })
  expect(meddler?.seen.filter(operation => operation === 'ecr:ListImages')).toHaveLength(2)
  target.close()
})
