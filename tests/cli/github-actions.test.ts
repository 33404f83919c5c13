import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { labProcess } from './process.ts'
import { lab, temporaryFolder } from './world-for-tests.ts'

function checkout() {
  const cwd = temporaryFolder({ labs: true })
  const summary = join(cwd, 'summary.md')
  return {
    cwd,
    env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd, GITHUB_STEP_SUMMARY: summary },
    summaryText: () => (existsSync(summary) ? readFileSync(summary, 'utf8') : ''),
    rewrite(file: string, change: (text: string) => string) {
      const before = readFileSync(join(cwd, file), 'utf8')
      expect(change(before)).not.toBe(before)
      writeFileSync(join(cwd, file), change(before))
    },
  }
}

test('a definition error is red at its line, and in the summary', async () => {
  const { cwd, env, summaryText, rewrite } = checkout()
  rewrite('labs/authorization-token/lab.yaml', text => text.replace('steps:', 'stepz:'))
  const { exitCode, stderr } = await lab(['run', 'authorization-token'], { cwd, env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(
    /^::error file=labs\/authorization-token\/lab\.yaml,line=\d+,title=lab%3A definition::.*stepz/m,
  )
  expect(summaryText()).toMatch(/^## AccessLab run: stopped before its end\n\n```text\n.*lab\.yaml:\d+:\d+: .*`stepz`/)
  const quiet = await lab(['run', 'authorization-token'], { cwd, env: { ...env, LAB_NO_GITHUB: '1' } })
  expect(quiet.stderr).not.toContain('::error')
})

test('a folder below the checkout: the place is the checkout’s', async () => {
  const { cwd, env, rewrite } = checkout()
  rewrite('labs/authorization-token/lab.yaml', text => text.replace('steps:', 'stepz:'))
  const { stderr } = await lab(['run', 'authorization-token'], { cwd: join(cwd, 'labs'), env })
  expect(stderr).toMatch(/^::error file=labs\/authorization-token\/lab\.yaml,line=/m)
})

test('more errors than GitHub shows are told all the same', async () => {
  const { cwd, env, rewrite, summaryText } = checkout()
  rewrite('labs/authorization-token/lab.yaml', text =>
    text.replace('steps:', `${Array.from({ length: 14 }, (_, index) => `wrong-${index}: 1\n`).join('')}steps:`),
  )
  const { stderr } = await lab(['run', 'authorization-token'], { cwd, env })
  const errors = stderr.match(/^::error .*$/gm) ?? []
  expect(errors).toHaveLength(10)
  expect(errors.at(-1)).toContain('5 more')
  expect(summaryText()).toContain('wrong-13')
})

test('what a guard refuses, and a caller without credentials', async () => {
  const { cwd, env, summaryText } = checkout()
  const aws = ['run', 'authorization-token', '--target', 'aws', '--endpoint-url', 'http://127.0.0.1:9']
  const nobody = await labProcess(aws, { cwd, env: { ...env, LAB_AWS_ACCOUNTS: '111122223333' } })
  expect(nobody.exitCode).toBe(3)
  expect(nobody.stderr).toMatch(/^::error title=lab%3A environment::.*credentials/m)
  expect(summaryText()).toMatch(/credentials/)

  const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG' }
  const answer =
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>999999999999</Account><Arn>arn:aws:iam::999999999999:user/x</Arn><UserId>AIDAX</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>'
  const endpoint = await answering(200, () => answer)
  const guarded = await labProcess([...aws.slice(0, 4), '--endpoint-url', endpoint, '--yes'], {
    cwd,
    env: { ...env, ...keys, LAB_AWS_ACCOUNTS: '111122223333', AWS_REGION: 'us-west-2' },
  })
  expect(guarded.exitCode).toBe(5)
  expect(guarded.stderr).toMatch(/^::error title=lab%3A guard::.*999999999999/m)
  expect(summaryText()).toContain('999999999999')
})

test('what AWS repeats of a signature it does not take is shown without the keys', async () => {
  const { cwd, env, summaryText } = checkout()
  const AWS_SESSION_TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN'
  const endpoint = await answering(
    403,
    token =>
      `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match. The Canonical String for this request should have been 'POST / x-amz-security-token:${token}'</Message></Error></ErrorResponse>`,
  )
  const keys = {
    AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
    AWS_SESSION_TOKEN,
  }
  const { exitCode, stdout, stderr } = await labProcess(
    ['run', 'authorization-token', '--target', 'aws', '--endpoint-url', endpoint, '--json'],
    { cwd, env: { ...env, ...keys, LAB_AWS_ACCOUNTS: '111122223333', AWS_REGION: 'us-west-2' } },
  )
  expect(exitCode).toBe(3)
  expect(stderr).toContain('[secret]')
  for (const text of [stdout, stderr, summaryText()]) expect(text).not.toContain(AWS_SESSION_TOKEN)
})

/** Something on loopback that answers every call alike; gets the token that came. */
async function answering(status: number, body: (token: string) => string): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' })
    response.end(body(String(request.headers['x-amz-security-token'] ?? '')))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** As GitHub's runner reads a line of a log; it knows these. */
const commands = (text: string) => text.split('\n').filter(line => /^\s*::|##\[/.test(line))

test('no title of a lab, name of a thing or answer of AWS is a command to the runner; our own annotations are', async () => {
  const { cwd, env, rewrite } = checkout()
  const title = '::stop-commands::x ##[error]y'
  rewrite('labs/authorization-token/lab.yaml', text =>
    text
      .replace(/^title: .*$/m, `title: "${title}"`)
      .replace(/^ {4}deny: because .*\n/m, '')
      .replace(/^ {4}hint: The managed.*$/m, '    hint: "::add-mask::z"'),
  )
  const ran = await lab(['run', 'authorization-token'], { cwd, env: { ...env, COLUMNS: '30' } })
  expect(ran.exitCode).toBe(1)
  expect(commands(ran.stdout).map(line => line.split(' ')[0])).toEqual(['::error'])
  expect(ran.stdout).toContain('\\u003a:stop-commands')
  const shown = await lab(['list', '--json'], { cwd, env })
  expect(commands(shown.stdout)).toEqual([])
  expect(JSON.stringify(JSON.parse(shown.stdout))).toContain(title)
  const elsewhere = await lab(['run', 'authorization-token'], { cwd, env: { COLUMNS: '30' } })
  expect(elsewhere.stdout).toContain('##[error]y')
})
