import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chanceFrom } from './fuzz/chance.ts'
import { exchange } from './fuzz/exchange.ts'
import { modelledServices } from './fuzz/modelled-services.ts'
import { volley } from './fuzz/volley.ts'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('nobody floods AWS with malformed requests')

/** More with FUZZ_REQUESTS; each run of a seed sends the same bytes. The long form is scripts/soak/fuzz.mjs. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 2000)
const chance = chanceFrom(Number(process.env.FUZZ_SEED ?? 1))

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

test('malformed requests get a well-formed refusal or a closed connection, and valid calls between them succeed', async () => {
  const sts = new STSClient(sandbox.config)
  const statuses = new Set<string>()
  const target = { port: sandbox.port, credentials: sandbox.config.credentials, services: await modelledServices() }
  for (let sent = 0; sent < requests; sent += 20) {
    for (const { message, answer, fault } of await volley(chance, target, 20)) {
      statuses.add(answer?.slice(9, 12) ?? '')
      expect(fault, `${JSON.stringify(message.slice(-3000))} was answered ${answer?.slice(0, 500)}`).toBeNull()
    }
    if (sent % 500 === 0) expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  }
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  expect([...statuses]).toEqual(expect.arrayContaining(['400', '403', '404', '501']))
})

test('a body over the limit is refused', async () => {
  const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
  expect(await exchange(sandbox.port, `${head}Content-Length: 10000001\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /)
  const chunk = `${(1_000_000).toString(16)}\r\n${'x'.repeat(1_000_000)}\r\n`
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(11)}0\r\n\r\n`
  expect(await exchange(sandbox.port, chunked)).toMatch(/^(HTTP\/1\.1 413 |$)/)
})
