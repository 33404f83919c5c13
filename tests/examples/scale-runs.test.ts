import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newClass } from '../cli/grading/class.ts'
import { packageFolder } from '../cli/world-for-tests.ts'

const examples = join(packageFolder, 'examples/scale')
const parts = 2

/** A class of which one student’s account is closed to the grader; what the manifests call, and their files with so few parts, on the sandbox. */
async function clusterFolder() {
  const cwd = await newClass(3)
  const roster = readFileSync(join(cwd, 'class/roster.csv'), 'utf8')
  writeFileSync(join(cwd, 'class/class.csv'), `${roster.trimEnd()}\nclosed,912345678901,,\n`)
  copyFileSync(join(cwd, 'class/canvas.csv'), join(cwd, 'class/export.csv'))
  for (const name of ['bin', 'state', 'scale']) mkdirSync(join(cwd, name))
  writeFileSync(
    join(cwd, 'bin/npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" "${packageFolder}/dist/lab.js" "$@"\n`,
  )
  chmodSync(join(cwd, 'bin/npx'), 0o755)
  symlinkSync(join(packageFolder, 'tests/examples/kubectl.mjs'), join(cwd, 'bin/kubectl'))
  for (const name of [
    'kubernetes-grading.yaml',
    'kubernetes-merge.yaml',
    'kubernetes.sh',
    'batch-grading.json',
    'batch-merge.json',
  ]) {
    const text = readFileSync(join(examples, name), 'utf8')
    const small = text
      .replaceAll('--target=aws', '--target=sandbox')
      .replace(/(completions: |parallelism: |value: "|"size": )8/g, `$1${parts}`)
    writeFileSync(join(cwd, 'scale', name), small)
  }
  return cwd
}

const environment = (cwd: string) => ({
  PATH: `${cwd}/bin:${process.env.PATH}`,
  HOME: cwd,
  CLASS: join(cwd, 'class'),
  KUBE_STATE: join(cwd, 'state'),
})

const marks = (cwd: string) => readFileSync(join(cwd, 'class/marks.csv'), 'utf8').trim().split('\n').slice(1)
const graded = (cwd: string) =>
  new Set(
    marks(cwd)
      .filter(row => !row.startsWith('closed'))
      .map(row => row.split(',')[0]),
  )

const onKubernetes = (cwd: string, more: Record<string, string> = {}) => {
  const ran = spawnSync('bash', ['scale/kubernetes.sh'], {
    cwd,
    env: { ...environment(cwd), ...more },
    encoding: 'utf8',
    timeout: 100_000,
  })
  const tries = JSON.parse(readFileSync(join(cwd, 'state/grading.json'), 'utf8')).pods as { code: number }[][]
  return {
    exitCode: ran.status,
    said: ran.stdout + ran.stderr,
    codes: tries.map(pods => pods.map(({ code }) => code)).sort(),
  }
}

test('kubernetes.sh merges though a student in one part cannot be graded; a part that never came to a result is named', async () => {
  const cwd = await clusterFolder()
  const lost = onKubernetes(cwd, { KUBE_LOSES: '1' })
  expect(lost.said).toContain('shard 2 of 2 is missing')
  expect(lost.exitCode).toBe(2)
  const whole = onKubernetes(cwd)
  expect(whole.said).toContain('3 of 4 students graded · 1 not graded')
  expect(whole.exitCode).toBe(3)
  // Tried again as often as the manifest says, and no oftener.
  expect(whole.codes).toEqual([[0], [3, 3, 3, 3]])
  expect(graded(cwd)).toEqual(new Set(['student-1', 'student-2', 'student-3']))
}, 200_000)

interface BatchJob {
  retryStrategy?: { attempts: number }
  arrayProperties: { size: number }
  containerOverrides: { command: string[] }
}

/** Exit codes of a child of an array job, one for each attempt. */
function child(
  cwd: string,
  { containerOverrides, retryStrategy }: BatchJob,
  variables: Record<string, string>,
): number[] {
  const definition = JSON.parse(readFileSync(join(examples, 'batch-job-definition.json'), 'utf8'))
  const { attempts, evaluateOnExit = [] } = retryStrategy ?? definition.retryStrategy
  const [{ containerPath }] = definition.containerProperties.mountPoints
  const [program = '', ...args] = containerOverrides.command.map(word =>
    word.replaceAll(`${containerPath}/`, `${cwd}/class/`),
  )
  const codes: number[] = []
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const env = { ...environment(cwd), ...variables, AWS_BATCH_JOB_ATTEMPT: String(attempt) }
    const code = spawnSync(program, args, { cwd, env }).status ?? 137
    codes.push(code)
    const rule = evaluateOnExit.find((each: { onExitCode: string }) => each.onExitCode === String(code))
    if (code === 0 || rule?.action === 'EXIT') break
  }
  return codes
}

/** What Batch makes of the array job and of the one that depends on its success. */
function onBatch(cwd: string) {
  const job = (name: string) => JSON.parse(readFileSync(join(cwd, 'scale', name), 'utf8')) as BatchJob
  const grading = job('batch-grading.json')
  const { size } = grading.arrayProperties
  const codes = Array.from({ length: size }, (_, index) => {
    const variables = { AWS_BATCH_JOB_ARRAY_INDEX: String(index), AWS_BATCH_JOB_ARRAY_SIZE: String(size) }
    return child(cwd, grading, variables)
  })
  const isMerged = codes.every(each => each.at(-1) === 0)
  return {
    codes: codes.sort(),
    merged: isMerged ? child(cwd, job('batch-merge.json'), {}) : null,
  }
}

test('on AWS Batch the merge, which waits for success, is reached though a student cannot be graded; without a result it is not', async () => {
  const cwd = await clusterFolder()
  expect(onBatch(cwd)).toEqual({ codes: [[0], [3, 3, 3, 0]], merged: [3] })
  expect(graded(cwd)).toEqual(new Set(['student-1', 'student-2', 'student-3']))
  // The folder is merged: each part is refused, at once.
  expect(onBatch(cwd)).toEqual({ codes: [[2], [2]], merged: null })
  expect(existsSync(join(cwd, 'class/feedback'))).toBe(true)
}, 200_000)
