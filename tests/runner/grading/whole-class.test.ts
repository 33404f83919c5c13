import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { operations } from '../../../sandbox/operations.ts'
import { checksumOf } from './checksum.ts'
import { untrue, wholeClass } from './whole-class.ts'

const states = 17

test('verify sends no changing request, in any state, and leaves every account as it was', async () => {
  const everybody = await wholeClass(states)
  const before = checksumOf(everybody.directory)
  const reports = await everybody.grade()
  expect(reports).toHaveLength(states)
  const log = everybody.log()
  expect(log.length).toBeGreaterThan(200)
  const changing = log.filter(({ service, operation }) => {
    const found = (operations as Record<string, Record<string, { effect: string }>>)[service]?.[operation]
    return found?.effect !== 'reads' && operation !== 'AssumeRole'
  })
  expect(changing.map(({ operation }) => operation)).toEqual([])
  expect(checksumOf(everybody.directory)).toBe(before)
})

test('with 5 % faults there is no wrong verdict, and the unlucky are done later', async () => {
  const probability = 0.05 / 5
  const kinds = ['throttle', 'server-error', 'unavailable', 'reset', 'truncate'] as const
  const rules = kinds.map(kind => ({ kind, probability }))
  const everybody = await wholeClass(states * 2, { faults: { seed: 11, rules } })
  const reports = await everybody.grade({ parallel: 8 })
  expect(untrue(everybody, reports)).toEqual([])
  for (
    let round = 0;
    round < 5 && (await everybody.grade({ rerunFailed: true })).some(each => !each.graded);
    round += 1
  );
  const done = await everybody.grade({ rerunFailed: true })
  expect(done.every(({ graded }) => graded)).toBe(true)
  expect(untrue(everybody, done)).toEqual([])
})

test('an account that hangs costs its own time only', async () => {
  const everybody = await wholeClass(5, { through: hangs })
  const hanging = everybody.students[2]?.account ?? ''
  hung.add(hanging)
  const reports = await everybody.grade({ parallel: 2, timeout: 4_000 })
  expect(reports.map(({ graded }) => graded)).toEqual([true, true, false, true, true])
  expect(reports[2]?.error?.code).toBe('timeout')
  expect(untrue(everybody, reports)).toEqual([])
})

const hung = new Set<string>()

/** A proxy that never answers what concerns an account of `hung`: assuming its role. */
const hangs = async (endpoint: string) => {
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = []
    incoming.on('data', chunk => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const text = decodeURIComponent(body.toString())
      if ([...hung].some(account => text.includes(`arn:aws:iam::${account}:role`))) return
      const { method, url = '/', headers } = incoming
      const onward = httpRequest(`${endpoint}${url}`, { method, headers }, response => {
        answer.writeHead(response.statusCode ?? 500, response.headers)
        response.pipe(answer)
      })
      onward.end(body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
