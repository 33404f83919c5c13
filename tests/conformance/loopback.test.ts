import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onSandboxOnly } from './on-aws.ts'
import { newSandbox, type TestSandbox } from './sandbox-for-tests.ts'

onSandboxOnly('who may speak to a server of this machine, by what path')

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await newSandbox()
})
afterAll(() => sandbox.remove())

const raw = (
  headers: Record<string, string>,
  path = '/',
  method = 'POST',
  body = '',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: sandbox.port, path, method, headers }, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test.each([
  ['a foreign Host', { host: 'evil.example' }, '/', '', 403, /sandbox answers to/],
  [
    'no Authorization',
    form,
    '/',
    'Action=GetCallerIdentity&Version=2011-06-15',
    403,
    /<Code>MissingAuthenticationToken<\/Code>\n {4}<Message>Request is missing Authentication Token</,
  ],
  ['no Action', form, '/', 'Version=2011-06-15', 302, /^$/],
  ['another path', form, '/a/../b', '', 404, /^<UnknownOperationException\/>\n$/],
])('a request with %s', async (_title, headers, path, body, status, text) => {
  const answer = await raw(headers, path, 'POST', body)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatch(text)
})
