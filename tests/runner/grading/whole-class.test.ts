import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findCatalogue } from '../../../runner/index.ts'
import { operations } from '../../../sandbox/operations.ts'
import { checksumOf } from './checksum.ts'
import { repository, untrue, wholeClass } from './whole-class.ts'

// Waiting between the tries of a call proves nothing.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }))

const states = 17

/** As many as the issue asks for; without SOAK twice every state. */
const students = process.env.SOAK === undefined ? states * 2 : 200
const { labs } = await findCatalogue(repository)
const changes = ({ service, operation }: { service: string; operation: string }) => {
  const found = (operations as Record<string, Record<string, { effect: string }>>)[service]?.[operation]
  return found?.effect !== 'reads' && !/^(AssumeRole|GetAuthorizationToken)$/.test(operation)
}

test('verify sends no changing request, of any lab, in any state, and leaves every account as it was', async () => {
  const everybody = await wholeClass(states)
  const before = checksumOf(everybody.directory)
  const reports = await everybody.grade({ asked: labs, parallel: 8 })
  expect(reports.flatMap(report => report.labs.map(({ id }) => id))).toHaveLength(states * labs.length)
  expect(untrue(everybody, reports)).toEqual([])
  const log = everybody.log()
  expect(log.length).toBeGreaterThan(states * labs.length)
  expect(log.filter(changes).map(({ operation }) => operation)).toEqual([])
  expect(checksumOf(everybody.directory)).toBe(before)
}, 600_000)

test('in a storm there is no wrong verdict: the unlucky are not graded, and are done later', async () => {
  const kinds = ['throttle', 'server-error', 'unavailable', 'reset', 'truncate'] as const
  const rules = kinds.map(kind => ({ kind, probability: 0.05 / kinds.length }))
  // A call has twelve tries, and fewer than twenty are under way: so long an outage loses one for good, whatever the order, and not all.
  const outage = { kind: 'unavailable' as const, after: 200, times: 12 * 20 }
  const everybody = await wholeClass(students, { faults: { seed: 11, rules: [outage, ...rules] } })
  const reports = await everybody.grade({ parallel: 2, timeout: 300_000 })
  expect(reports).toHaveLength(students)
  expect(untrue(everybody, reports)).toEqual([])
  expect(reports.filter(({ graded }) => !graded)).not.toEqual([])
  expect(reports.filter(({ graded }) => graded)).not.toEqual([])
  const done = await everybody.grade({ rerunFailed: true, parallel: 8, timeout: 300_000 })
  expect(done.filter(({ graded }) => !graded).map(({ error }) => error)).toEqual([])
  expect(untrue(everybody, done)).toEqual([])
}, 900_000)

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
