import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Folder, newFolder } from '../soak/lab-process.ts'

let folder: Folder
const seen: string[] = []
const listener = createServer((request, response) => {
  seen.push(request.url ?? '')
  response.writeHead(500).end()
})
let url = ''
beforeEach(async () => {
  seen.length = 0
  folder = await newFolder()
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
})
afterEach(async () => {
  listener.closeAllConnections()
  await new Promise(resolve => listener.close(resolve))
  await folder.remove()
})

const credentials =
  '[default]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = example-not-a-secret\n'

/** What a person who works with AWS has around: real-looking keys, a profile, endpoints, and files that name more of them. */
async function surroundings(): Promise<Record<string, string>> {
  const aws = join(folder.path, 'home', '.aws')
  await mkdir(aws, { recursive: true })
  await writeFile(join(aws, 'credentials'), credentials)
  await writeFile(join(aws, 'config'), `[default]\nregion = eu-west-1\nendpoint_url = ${url}/config\n`)
  return {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
    AWS_SECRET_ACCESS_KEY: 'example-not-a-secret',
    AWS_SESSION_TOKEN: 'example-not-a-token',
    AWS_PROFILE: 'default',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: `${url}/all`,
    AWS_ENDPOINT_URL_IAM: `${url}/iam`,
    AWS_ENDPOINT_URL_STS: `${url}/sts`,
    AWS_ENDPOINT_URL_ECR: `${url}/ecr`,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container`,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `${url}/metadata`,
    AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent',
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/real',
    AWS_MAX_ATTEMPTS: '1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    HTTPS_PROXY: url,
    HTTP_PROXY: url,
  }
}

test.each([
  [['run', 'identity-policies', '--teardown']],
  [['sandbox', 'exec', '--', process.execPath, '-e', 'process.exit(process.env.AWS_PROFILE === undefined ? 0 : 1)']],
])('on the sandbox nothing of the person’s AWS surroundings is used: lab %j', async args => {
  const ended = await folder.lab(args, await surroundings())
  expect(ended.code, ended.out).toBe(0)
  expect(ended.out).not.toContain('eu-west-1')
  expect(seen).toEqual([])
  expect(await readFile(join(folder.path, 'home', '.aws', 'credentials'), 'utf8')).toBe(credentials)
})

test('--target aws does use them: the same surroundings reach the listener', async () => {
  // The SDK itself refuses FIPS together with an endpoint of one's own.
  const { AWS_USE_FIPS_ENDPOINT: _, ...env } = await surroundings()
  const ended = await folder.lab(['run', 'identity-policies', '--target', 'aws'], env)
  expect(ended.code, ended.out).toBe(3)
  expect(seen.length).toBeGreaterThan(0)
})

test.each([
  [
    ['run', 'identity-policies', '--target', 'aws', '--endpoint-url', 'http://127.0.0.1:1'],
    /no answer from http:\/\/127\.0\.0\.1:1/,
  ],
  [['run', 'identity-policies', '--target', 'aws'], /no usable credentials/],
])('an unreachable endpoint and missing credentials: one clear error, exit 3: lab %j', async (args, text) => {
  const keys = args.includes('--endpoint-url')
    ? { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00', AWS_SECRET_ACCESS_KEY: 'x' }
    : {}
  const ended = await folder.lab(args, { AWS_EC2_METADATA_DISABLED: 'true', ...keys })
  expect(ended.code, ended.out).toBe(3)
  expect(ended.out).toMatch(text)
  expect(ended.out).toMatch(/hint/)
  expect(ended.out).not.toMatch(/\bat .*\.js:\d+/)
})
