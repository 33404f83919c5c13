import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Expectation, judge, outcomeOf } from '../../assertions/index.ts'
import { type PlannedStep, plannedSteps } from '../../cli/planned-steps.ts'
import { commandLines } from '../../cli/show/cli-lines.ts'
import { loadLabs, stepKinds } from '../../runner/index.ts'
import { openWorkshop, repository, type Workshop } from '../runner/engine/harness.ts'

/** The Python that the installed aws CLI runs in; null: there is none, or it is a program of another kind (version 2). */
function pythonOfAws(): string | null {
  try {
    const found = execFileSync('bash', ['-c', 'pyenv which aws 2>/dev/null || command -v aws'], { encoding: 'utf8' })
    const [, python] = /^#!(\S*python\S*)/.exec(readFileSync(realpathSync(found.trim()), 'latin1')) ?? []
    if (python !== undefined) execFileSync(python, ['-c', 'import awscli.clidriver'], { stdio: 'ignore' })
    return python ?? null
  } catch {
    return null
  }
}

const python = pythonOfAws()
const throughDocker = ({ prepared }: PlannedStep) => prepared.commands.some(words => /docker/.test(words.join(' ')))

/** What of an expectation an aws command can show: not the answers of earlier steps, which are not known here. */
function withoutTemplates(expectation: Expectation): Expectation {
  if (expectation.kind === 'allow') return { kind: 'allow', output: undefined }
  if (expectation.kind === 'error' || typeof expectation.deny === 'string') return expectation
  const known = Object.entries(expectation.deny).filter(([, value]) => !String(value).includes('{{'))
  return { kind: 'deny', deny: Object.fromEntries(known) }
}

// Where there is no aws CLI in Python these are skipped, not passed.
describe.skipIf(python === null)('the lines of `lab show --format cli`, run by the real aws CLI', () => {
  let workshop: Workshop
  let planned: PlannedStep[]
  let outcomes: ReadonlyMap<string, { code: number; stderr: string }>

  beforeAll(async () => {
    workshop = await openWorkshop()
    const { catalogue, sandbox, folder } = workshop
    const labs = await loadLabs(catalogue, catalogue.labs, stepKinds, {})
    const plan = { catalogue, labs, asked: catalogue.labs, target: 'sandbox', region: sandbox.region } as const
    planned = plannedSteps({ ...plan, overrides: {}, env: {} })
    outcomes = await runByHand(
      planned.filter(step => !throughDocker(step)),
      workshop,
      folder,
    )
  }, 240_000)
  afterAll(() => workshop.close())

  test('every step comes out as the lab says', () => {
    const wrong = planned
      .filter(step => !throughDocker(step))
      .flatMap(({ lab, step }) => {
        const came = outcomes.get(`${lab.id}/${step.id}`)
        const [, code = '', operation = null, message = ''] =
          /An error occurred \((\w+)\) when calling the (\w+) operation: (.*)/s.exec(came?.stderr ?? '') ?? []
        const facts = { output: {}, httpStatus: null, requestId: null }
        const outcome =
          came?.code === 0
            ? ({ outcome: 'allowed', ...facts } as const)
            : outcomeOf({ ...facts, code, operation, message: message.trim() })
        const expectation = withoutTemplates(step.expectation)
        const verdict = judge(expectation, outcome, { actions: [], principal: null })
        return verdict.passed ? [] : [`${lab.id}/${step.id}: expected ${verdict.expected}, ${came?.stderr}`]
      })
    expect(wrong).toEqual([])
    expect(outcomes.size).toBeGreaterThan(130)
  })

  test('only docker’s own road is left out', () => {
    expect(planned.filter(throughDocker).map(({ lab, step }) => `${lab.id}/${step.id}`)).toEqual([
      'authorization-token/push-without-token-denied',
      'authorization-token/push',
      'authorization-token/pull',
      'authorization-token/only-token-pull-denied',
      'authorization-token/only-token-push-denied',
    ])
  })
})

/** One bash script of all steps; each in a shell of its own that ends at its first failing line. */
async function runByHand(steps: readonly PlannedStep[], { sandbox }: Workshop, folder: string) {
  const work = join(folder, 'by-hand')
  mkdirSync(join(work, '.aws'), { recursive: true })
  execFileSync('mkfifo', [join(work, 'request'), join(work, 'reply')])
  const keysOf = (index: number) => {
    const { accessKeyId, secretAccessKey } = sandbox.accounts[index]?.admin ?? {}
    return `aws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`
  }
  writeFileSync(join(work, '.aws/credentials'), `[default]\n${keysOf(0)}[partner]\n${keysOf(1)}`)
  const env = {
    ...{ PATH: process.env.PATH, HOME: work, AWS_DEFAULT_REGION: sandbox.region, AWS_ENDPOINT_URL: sandbox.endpoint },
    ...{ AWS_DEFAULT_OUTPUT: 'json', AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1' },
  }
  const script = [
    'aws() {',
    `  printf '%s\\0' "$@" > ${work}/request`,
    `  local code; read -r code < ${work}/reply`,
    `  cat ${work}/out; cat ${work}/err >&2`,
    '  return "$code"',
    '}',
    ...steps.flatMap((planned, index) => [
      `( set -e`,
      ...commandLines(planned),
      `) > /dev/null 2> ${work}/${index}.err`,
      `echo "$?" > ${work}/${index}.code`,
    ]),
    `: > ${work}/request`,
  ]
  writeFileSync(join(work, 'all.sh'), `${script.join('\n')}\n`)
  const server = spawn(python ?? '', [join(repository, 'tests/labs/aws-cli-server.py'), work], { env, stdio: 'ignore' })
  try {
    await promisify(execFile)('bash', ['all.sh'], { cwd: work, env, timeout: 220_000 })
  } finally {
    server.kill()
  }
  const read = (name: string) => readFileSync(join(work, name), 'utf8')
  return new Map(
    steps.map(({ lab, step }, index) => [
      `${lab.id}/${step.id}`,
      { code: Number(read(`${index}.code`)), stderr: read(`${index}.err`) },
    ]),
  )
}
