import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

const workshop = resolve(packageFolder, '../shared/workshop')
const env = { PATH: process.env.PATH }

const missing = (): string | null => {
  if (!existsSync(workshop)) return 'the documents of the workshop are not beside this repository'
  for (const program of ['bash', 'aws', 'jq'])
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
    } catch {
      return `there is no ${program}`
    }
  return null
}
const why = missing()

/** Copies of the five documents as pages of a folder with the labs; gives their names by the first three digits. */
function documents(cwd: string): (digits: string) => string {
  const names = readdirSync(workshop).filter(name => name.endsWith('.txt'))
  for (const name of names) cpSync(join(workshop, name), join(cwd, name))
  return digits => names.find(name => name.startsWith(digits)) ?? ''
}

describe.skipIf(why !== null)(`the documents of the workshop as pages${why ? ` (skipped: ${why})` : ''}`, () => {
  test('001, then 000, and the three without commands, as they are', { timeout: 240_000 }, async () => {
    const cwd = temporaryFolder({ labs: true })
    const page = documents(cwd)
    const names = ['001', '000', '002', '003', '004'].map(page)
    const { exitCode, stdout, stderr } = await lab(['run', ...names, '--teardown', '--json'], { cwd, env })
    const { labs, leftovers } = JSON.parse(stdout) as Report
    expect({ exitCode, leftovers }).toEqual({ exitCode: 1, leftovers: [] })
    const steps = (digits: string) => labs.find(({ id }) => id === page(digits))?.steps ?? []
    expect(new Set(steps('001').map(({ status }) => status))).toEqual(new Set(['passed']))
    expect(steps('001').find(({ id }) => id === 'step-8')).toMatchObject({
      line: 68,
      hint: 'step-8 overwrites ~/.aws/credentials: what a reader has in it is lost',
    })
    expect(stderr).toContain(`${page('001')}:68: step-8 overwrites ~/.aws/credentials`)
    const [, failed] = steps('000')
    expect(failed).toMatchObject({ id: 'step-2', line: 19, status: 'failed' })
    expect(failed?.hint).toBe(
      `${page('000')}:13: the role \`ecr_access_testing\` is named here, and nothing makes it: there are: \`ecr_access_teama_role\``,
    )
    for (const digits of ['002', '003', '004']) expect(stderr).toContain(`${page(digits)} has no commands`)
    const check = await lab(['check', page('001'), page('000')], { cwd })
    expect(check.stdout).toContain(`${page('001')}:68:14: warning: \`~/.aws/credentials\` is overwritten`)
    expect(check.stdout).toContain(`${page('000')}:13:30: warning: the role \`ecr_access_testing\` is named here`)
  })

  test('with the name of the role mended both pass to the last block', { timeout: 240_000 }, async () => {
    const cwd = temporaryFolder({ labs: true })
    const page = documents(cwd)
    const file = join(cwd, page('000'))
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('ecr_access_testing', 'ecr_access_teama_role'))
    const there = existsSync('/tmp/ecrTester.json')
    const { exitCode, stdout } = await lab(['run', page('001'), page('000'), '--teardown', '--json'], { cwd, env })
    const { labs } = JSON.parse(stdout) as Report
    expect(exitCode).toBe(0)
    expect(labs.flatMap(({ steps }) => steps).filter(({ status }) => status !== 'passed')).toEqual([])
    expect(labs.at(-1)?.steps.at(-2)?.actual?.denial).toMatchObject({
      decision: 'explicitDeny',
      policyType: 'resource-based',
    })
    expect(labs.at(-1)?.steps.map(({ id }) => id)).toEqual(['step-1', 'step-2', 'step-3', 'step-4', 'step-5', 'step-6'])
    // Page 001 writes credentials there: what the run brought into being goes with it.
    expect(existsSync('/tmp/ecrTester.json')).toBe(there)
  })
})
