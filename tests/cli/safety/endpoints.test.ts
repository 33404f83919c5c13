import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keysOf, must, newPerson, type Person } from '../../runner/aws/person.ts'
import { labProcess } from '../process.ts'
import { packageFolder, temporaryFolder } from '../world-for-tests.ts'

const environment = { ...process.env }
let person: Person
let cwd: string
beforeEach(async () => {
  cwd = temporaryFolder({ labs: true })
  const catalogue = readFileSync(join(packageFolder, 'labs.yaml'), 'utf8')
  writeFileSync(join(cwd, 'labs.yaml'), catalogue.replace('within: 60s, stays: 5s', 'within: 9s, stays: 1ms'))
  person = await newPerson()
  await person.write({ credentials: `[default]\n${keysOf(person.admin)}\n` })
})
afterEach(async () => {
  await person.close()
  process.env = { ...environment }
})

const lab = (line: string, env: Record<string, string>) =>
  labProcess(line.split(' '), {
    cwd,
    env: {
      LAB_AWS_ACCOUNTS: '111122223333',
      AWS_CONFIG_FILE: join(person.home, '.aws', 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(person.home, '.aws', 'credentials'),
      ...env,
    },
  })
const run = 'run ecr-repositories --target aws --yes'
const here = () => person.sandbox.endpoint
const alike = () => here().replace('127.0.0.1', 'localhost')
const journal = () => {
  const runs = join(cwd, '.lab', 'runs')
  return join(runs, readdirSync(runs)[0] ?? '', 'journal.jsonl')
}
const start = () => JSON.parse(readFileSync(journal(), 'utf8').split('\n')[0] ?? '')
const repositories = async () =>
  ((await must(person.owner, 'ecr:DescribeRepositories', {})) as { repositories: unknown[] }).repositories.length

test.each([
  ['by a variable for each service', () => ({ ecr: here(), iam: here(), sts: here() }), ''],
  ['by the endpoint_url of a profile', () => ({}), 'endpoint_url'],
])(
  'a run that was told its endpoint %s is torn down there, whatever is set since',
  async (_, own, config) => {
    await person.write({ config: config === '' ? '' : `[default]\nendpoint_url = ${here()}\n` })
    const ran = await lab(run, ofServices(own()))
    expect(ran.exitCode, ran.stderr).toBe(0)
    expect(start()).toMatchObject({ endpoint: here() })
    expect(await repositories()).toBe(2)
    await person.write({ config: '' })
    const torn = await lab('teardown', { AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1' })
    expect(torn.exitCode, torn.stdout + torn.stderr).toBe(0)
    expect(await repositories()).toBe(0)
  },
  60_000,
)

const ofServices = (urls: Record<string, string>) =>
  Object.fromEntries(Object.entries(urls).map(([service, url]) => [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, url]))

test('services at several places: all are written down, and a teardown that would go elsewhere is refused', async () => {
  const then = { AWS_ENDPOINT_URL: here(), AWS_ENDPOINT_URL_ECR: alike() }
  expect((await lab(run, then)).exitCode).toBe(0)
  expect(start()).toMatchObject({ endpoint: null, endpoints: { ecr: alike(), iam: here(), sts: here() } })
  const elsewhere = await lab('teardown', { AWS_ENDPOINT_URL: here() })
  expect(elsewhere.exitCode).toBe(5)
  expect(elsewhere.stdout + elsewhere.stderr).toContain(`ecr at ${alike()}, iam at ${here()}`)
  expect(await repositories()).toBe(2)
  expect((await lab('teardown', then)).exitCode).toBe(0)
  expect(await repositories()).toBe(0)
}, 60_000)

test.each([
  ['AWS_ENDPOINT_URL', () => ({ AWS_ENDPOINT_URL: here() }), ''],
  ['a variable of one service', () => ({ AWS_ENDPOINT_URL_STS: here() }), ''],
  ['a profile', () => ({}), 'endpoint_url'],
])(
  'a run at AWS’s own endpoints is not looked for where %s leads',
  async (_, env, config) => {
    expect((await lab(run, { AWS_ENDPOINT_URL: here() })).exitCode).toBe(0)
    const text = readFileSync(journal(), 'utf8')
    writeFileSync(journal(), text.replace(/"endpoint":"[^"]*"/, '"endpoint":null'))
    await person.write({ config: config === '' ? '' : `[default]\nendpoint_url = ${here()}\n` })
    const torn = await lab('teardown', env())
    expect(torn.exitCode, torn.stdout + torn.stderr).toBe(5)
    expect(torn.stdout + torn.stderr).toContain('was at AWS’s own endpoints, and here the AWS settings lead to')
    expect(await repositories()).toBe(2)
  },
  60_000,
)
