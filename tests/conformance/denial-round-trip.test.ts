import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseDenial } from '../../assertions/index.ts'
import { type LoggedRequest, logPath } from '../../sandbox/index.ts'
import { onSandboxOnly } from './on-aws.ts'
import { makeRefusals, type Refusal, refusalNames } from './refusals.ts'
import { clients } from './refused-clients.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('it compares with the record of what decided')

let sandbox: TestSandbox
let rows: Refusal[]
beforeAll(async () => {
  sandbox = await newSandbox()
  rows = await makeRefusals(sandbox)
})
afterAll(() => sandbox.remove())

/** The newest refusal of this caller in the sandbox's log, which is written in batches. */
const refusedLast = (accessKeyId: string, action: RegExp): Promise<LoggedRequest> =>
  vi.waitFor(
    () => {
      const found = readFileSync(logPath(sandbox.directory), 'utf8')
        .split('\n')
        .filter(line => line.endsWith('}') && line.includes(accessKeyId))
        .map(line => JSON.parse(line) as LoggedRequest)
        .findLast(({ checks }) => checks.some(each => each.decision !== 'allowed' && action.test(each.action)))
      if (!found) throw new Error(`the log has no refusal of ${accessKeyId}`)
      return found
    },
    { timeout: 20_000, interval: 5 },
  )

describe.each(Object.keys(clients))('%s', name => {
  const client = clients[name]
  // A client that is not on this machine is skipped, not passed.
  describe.skipIf(!client)('reads back what the sandbox decided', () => {
    test.each(refusalNames)('%s', async refusal => {
      const row = rows.find(each => each.name === refusal)
      if (!client || !row) throw new Error(`there is no row ${refusal}`)
      const text = await client(sandbox, row)
      if (text === null) return
      // Inspecting an image asks for its manifest.
      const images = name === 'skopeo' ? /^ecr:BatchGetImage$/ : /^ecr:ListImages$/
      const action = 'assume' in row.asks ? /^sts:AssumeRole$/ : 'role' in row.asks ? /^iam:GetRole$/ : images
      const { caller, checks, operation } = await refusedLast(row.credentials.accessKeyId, action)
      const check = checks.find(({ decision }) => decision !== 'allowed')
      const isSilent = 'assume' in row.asks
      const read = parseDenial(text)
      expect(read, text).toMatchObject({
        isDenial: true,
        principal: caller,
        action: check?.action,
        // STS names no reason.
        decision: isSilent ? null : check?.decision,
        policyType: isSilent ? null : check?.policyType,
        policyArn: row.policyArn ? expect.stringMatching(row.policyArn) : null,
      })
      expect(refusal.split(',')[0]).toBe(check?.policyType)
      expect(read.resource).toBe('role' in row.asks ? `role ${row.asks.role}` : check?.resource)
      expect(read.code).toMatch(name === 'skopeo' ? /^denied$/ : /^AccessDenied(?:Exception)?$/)
      if (name === 'the aws CLI' || name === 'boto3') expect(read.operation).toBe(operation)
    })
  })
})
