import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Expectation, judge, type Outcome, outcomeOf } from '../../assertions/index.ts'
import { commandLines } from '../../cli/show/cli-lines.ts'
import { type PlannedStep, plannedSteps } from '../../runner/engine/planned-steps.ts'
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

/** A program that does what `docker import`, `login`, `push` and `pull` do without a daemon, where there is one. */
function hasPodman(): boolean {
  try {
    execFileSync('podman', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const python = pythonOfAws()
const podman = hasPodman()
const throughDocker = ({ prepared }: PlannedStep) => prepared.commands.some(words => /docker/.test(words.join(' ')))

/** What docker prints is for people: of an answer it shows that there was one. */
const asDockerShows = (step: PlannedStep, expectation: Expectation): Expectation =>
  expectation.kind === 'allow' && throughDocker(step) ? { kind: 'allow', output: undefined } : expectation

const holdsTemplate = (value: unknown) => JSON.stringify(value ?? null).includes('{{')

/** What of an expectation an aws command can show: not the answers of earlier steps, which are not known here. */
function withoutTemplates(expectation: Expectation): Expectation {
  if (expectation.kind === 'allow')
    return holdsTemplate(expectation.output) ? { kind: 'allow', output: undefined } : expectation
  if (expectation.kind === 'error' || typeof expectation.deny === 'string') return expectation
  const known = Object.entries(expectation.deny).filter(([, value]) => !String(value).includes('{{'))
  return { kind: 'deny', deny: Object.fromEntries(known) }
}

// Where there is no aws CLI in Python these are skipped, not passed.
describe.skipIf(python === null)('the lines of `lab show --format cli`, run by the real aws CLI', () => {
  let workshop: Workshop
  let planned: PlannedStep[]
  let outcomes: ReadonlyMap<string, { code: number; stdout: string; stderr: string }>

  beforeAll(async () => {
    workshop = await openWorkshop()
    const { catalogue, sandbox, folder } = workshop
    const labs = await loadLabs(catalogue, catalogue.labs, stepKinds, {})
    const plan = { catalogue, labs, asked: catalogue.labs, target: 'sandbox', region: sandbox.region } as const
    planned = plannedSteps({ ...plan, overrides: {}, env: {} })
    outcomes = await runByHand(
      planned.filter(step => podman || !throughDocker(step)),
      workshop,
      folder,
    )
  }, 240_000)
  afterAll(() => workshop.close())

  const wrong = (steps: readonly PlannedStep[]) =>
    steps.flatMap(planned => {
      const { lab, step } = planned
      const expectation = asDockerShows(planned, withoutTemplates(step.expectation))
      const came = outcomes.get(`${lab.id}/${step.id}`)
      const verdicts = outcomesByHand(came).map(outcome =>
        judge(expectation, outcome, { actions: [], principal: null }),
      )
      const [verdict = { expected: 'an answer' }] = verdicts
      return verdicts.some(({ passed }) => passed)
        ? []
        : [`${lab.id}/${step.id}: expected ${verdict.expected}, ${came?.stderr}`]
    })

  test('every step comes out as the lab says', () => {
    expect(wrong(planned.filter(step => !throughDocker(step)))).toEqual([])
    expect(outcomes.size).toBeGreaterThan(130)
  })

  // Podman reads the same lines, and needs no daemon. Where it is absent these are skipped, not passed.
  test.skipIf(!podman)('so do those that take docker’s road', () => {
    const steps = planned.filter(throughDocker)
    expect(steps.map(({ lab, step }) => `${lab.id}/${step.id}`)).toEqual([
      'authorization-token/push-without-token-denied',
      'authorization-token/push',
      'authorization-token/pull',
      'authorization-token/only-token-pull-denied',
      'authorization-token/reader-pulls',
      'authorization-token/only-token-push-denied',
      'authorization-token/reader-push-denied',
      'authorization-token/power-user-pushes',
    ])
    // Podman ends at a HEAD that is refused, and the answer to a HEAD has no words; docker goes on to the POST, which has them.
    const wordless = steps.filter(({ lab, step }) =>
      /: 403 \(Forbidden\)$/m.test(outcomes.get(`${lab.id}/${step.id}`)?.stderr ?? ''),
    )
    expect(wordless.map(({ step }) => step.id)).toEqual(['only-token-push-denied'])
    expect(wrong(steps.filter(step => !wordless.includes(step)))).toEqual([])
  })
})

/**
 * What the aws CLI or docker printed, as outcomes: each answer of a step that went well; else `An error occurred (CODE) when calling ...`, or the
 * registry's `denied: ...`.
 */
function outcomesByHand(came: { code: number; stdout: string; stderr: string } | undefined): Outcome[] {
  const facts = { httpStatus: null, requestId: null }
  if (came?.code === 0) {
    const answers = came.stdout.match(/^\{$.*?^\}$/gms)?.map(text => JSON.parse(text) as Record<string, unknown>) ?? []
    return [...answers, {}].map(output => ({ outcome: 'allowed', output, ...facts }))
  }
  const stderr = came?.stderr ?? ''
  const [, code = '', operation = null, message = ''] =
    /An error occurred \((\w+)\) when calling the (\w+) operation: (.*)/.exec(stderr) ??
    [/\bdenied: (User: .*)/.exec(stderr)].flatMap(refused => (refused ? ['', 'DENIED', null, refused[1]] : []))
  return [outcomeOf({ ...facts, code: code ?? '', operation, message: message?.trim() ?? '' })]
}

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
    ...{ HOME: work, AWS_DEFAULT_REGION: sandbox.region, AWS_ENDPOINT_URL: sandbox.endpoint },
    ...{ AWS_DEFAULT_OUTPUT: 'json', AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1' },
    ...dockerByPodman(work),
  }
  const registry = new URL(sandbox.endpoint).host
  const script = [
    'aws() {',
    `  printf '%s\\0' "$@" > ${work}/request`,
    `  local code; read -r code < ${work}/reply`,
    `  cat ${work}/out; cat ${work}/err >&2`,
    '  return "$code"',
    '}',
    'export -f aws',
    ...steps.flatMap((planned, index) => [
      `( set -e`,
      // The registry of an account is a host of AWS's; here it is the sandbox's.
      ...commandLines(planned).map(line => line.replaceAll(/\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com/g, registry)),
      `) > ${work}/${index}.out 2> ${work}/${index}.err`,
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
      { code: Number(read(`${index}.code`)), stdout: read(`${index}.out`), stderr: read(`${index}.err`) },
    ]),
  )
}

/** `docker` is Podman, with its images, its settings and its logins in the test's own folder. */
function dockerByPodman(work: string) {
  mkdirSync(join(work, 'bin'))
  const docker = `#!/bin/sh\nexec podman --root ${work}/images --runroot ${work}/run --storage-driver vfs "$@"\n`
  writeFileSync(join(work, 'bin/docker'), docker, { mode: 0o755 })
  writeFileSync(join(work, 'registries.conf'), '[[registry]]\nlocation = "127.0.0.1"\ninsecure = true\n')
  return {
    PATH: `${join(work, 'bin')}:${process.env.PATH}`,
    CONTAINERS_REGISTRIES_CONF: join(work, 'registries.conf'),
    REGISTRY_AUTH_FILE: join(work, 'auth.json'),
  }
}
