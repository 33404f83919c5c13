import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../../cli/main.ts'
import type { World } from '../../../cli/world.ts'
import { killAt } from '../../soak/lab-process.ts'
import { labProcess } from '../process.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

/** What a promise is rejected with that nobody waits for: Node would end the process with a stack trace, and nothing would be cleaned up. */
const defect = 'internal error: nobody waits for this'

test.each([true, false])(
  'in a run, with --teardown %s: cleaned up when that was asked for, one error, exit 3',
  async teardown => {
    const cwd = temporaryFolder({ labs: true })
    const env = killAt('after', 8, 'rejection')
    const line = ['run', 'identity-policies', '--report', 'json=r.json', ...(teardown ? ['--teardown'] : [])]
    const { exitCode, stdout, stderr } = await labProcess(line, { cwd, env })
    expect(exitCode, stdout + stderr).toBe(3)
    expect(stderr.split(defect)).toHaveLength(2)
    expect(stdout + stderr).not.toMatch(/\n\s+at .*(file:\/\/|node:|\.[mc]?js:\d)/)
    const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'))
    expect(report.exitCode).toBe(3)
    expect(report.leftovers.length > 0).toBe(!teardown)
    const { stdout: status } = await lab(['status', '--json'], { cwd })
    expect(JSON.parse(status).runs).toHaveLength(teardown ? 0 : 1)
    if (!teardown) expect((await lab(['teardown'], { cwd })).exitCode).toBe(0)
  },
  60_000,
)

test('where nothing needs to be cleaned up the process ends, with one error and exit 3', async () => {
  let heard: (thrown: unknown) => unknown = () => undefined
  const ended: number[] = []
  let said = ''
  const stderr = { write: (text: string) => (said += text) }
  const world: World = {
    ...{ argv: ['nonsense'], env: {}, cwd: temporaryFolder(), stdin: process.stdin, stdout: stderr, stderr },
    ...{ version: '9.9.9', packageFolder: '/nonexistent', bin: '/nonexistent', onInterrupt: () => () => {} },
    onStray: callback => {
      heard = callback
      return () => {}
    },
    kill: code => ended.push(code),
  }
  await main(world)
  said = ''
  const expired = Object.assign(new Error('The SSO session has expired'), { name: 'CredentialsProviderError' })
  await heard(expired)
  await heard('a text')
  expect(ended).toEqual([3, 3])
  expect(said).toContain('no usable credentials: The SSO session has expired')
  expect(said).toContain('renew the login: aws sso login')
  expect(said).toContain('internal error: a text')
})
