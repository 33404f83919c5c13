import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newClass } from '../cli/grading/class.ts'
import { lab, packageFolder } from '../cli/world-for-tests.ts'

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
  const { pods } = JSON.parse(readFileSync(join(cwd, 'state/grading.json'), 'utf8')) as {
    pods: { index: number; code: number }[]
  }
  const codesOf = (part: number) => pods.flatMap(({ index, code }) => (index === part ? [code] : []))
  return {
    exitCode: ran.status,
    said: ran.stdout + ran.stderr,
    codes: Array.from({ length: parts }, (_, part) => codesOf(part)),
    isMerged: existsSync(join(cwd, 'state/grading-merge.json')),
  }
}

test('kubernetes.sh merges though a student in one part cannot be graded; a part that never came to a result is named', async () => {
  const cwd = await clusterFolder()
  const lost = onKubernetes(cwd, { KUBE_LOSES: '1' })
  expect(lost.said).toContain('shard 2 of 2 is missing')
  expect(lost).toMatchObject({ exitCode: 2, codes: [[0], [137, 137, 137, 137]], isMerged: false })
  const whole = onKubernetes(cwd, { KUBE_LOSES: '0/1' })
  expect(whole.said).toContain('3 of 4 students graded · 1 not graded')
  // Tried again as often as the manifest says, and no oftener; how the last try ends counts, and no pod of before.
  expect(whole).toMatchObject({
    exitCode: 3,
    codes: [
      [137, 0],
      [3, 3, 3, 3],
    ],
    isMerged: true,
  })
  expect(graded(cwd)).toEqual(new Set(['student-1', 'student-2', 'student-3']))
}, 200_000)

test('another round in the folder of one that was merged gives no marks', async () => {
  const cwd = await clusterFolder()
  expect(onKubernetes(cwd)).toMatchObject({ exitCode: 3, isMerged: true })
  expect((await lab(['sandbox', 'reset', '--yes'], { cwd })).exitCode).toBe(0)
  rmSync(join(cwd, 'class/marks.csv'))
  const again = onKubernetes(cwd)
  expect(again.said).toContain('shard 1 of 2 was refused, exit code 2')
  expect(again.said).toContain('were merged already')
  expect(again).toMatchObject({ exitCode: 2, codes: [[2], [2]], isMerged: false })
  const lost = onKubernetes(cwd, { KUBE_LOSES: '0,1' })
  expect(lost.said).toContain('shard 1 of 2 is missing: its last pod ended with 137')
  expect(lost).toMatchObject({ exitCode: 2, isMerged: false })
  expect(existsSync(join(cwd, 'class/marks.csv'))).toBe(false)
  // With a folder of its own, in both files: today nobody can be graded.
  const anotherFolder = (name: string) => {
    const file = join(cwd, 'scale', name)
    writeFileSync(file, readFileSync(file, 'utf8').replace('/class/results', '/class/week-2'))
  }
  anotherFolder('kubernetes-grading.yaml')
  expect(onKubernetes(cwd).said).toContain('kubernetes-merge.yaml does not merge `/class/week-2`')
  anotherFolder('kubernetes-merge.yaml')
  const next = onKubernetes(cwd)
  expect(next.said).toContain('0 of 4 students graded · 4 not graded')
  expect(next).toMatchObject({ exitCode: 3, isMerged: true })
}, 200_000)

test('the stand-in does with a Job that is there what Kubernetes does', async () => {
  const cwd = await clusterFolder()
  const file = join(cwd, 'scale/kubernetes-merge.yaml')
  const kubectl = (...args: string[]) => {
    const ran = spawnSync(join(cwd, 'bin/kubectl'), args, { cwd, env: environment(cwd), encoding: 'utf8' })
    return [ran.status, `${ran.stdout}${ran.stderr}`.trim()]
  }
  const podsOf = () => JSON.parse(readFileSync(join(cwd, 'state/grading-merge.json'), 'utf8')).pods.length
  expect(kubectl('apply', '-f', file)).toEqual([0, 'job.batch/grading-merge created'])
  expect(kubectl('apply', '-f', file)).toEqual([0, 'job.batch/grading-merge unchanged'])
  expect(podsOf()).toBe(1)
  writeFileSync(file, readFileSync(file, 'utf8').replace('/class/results', '/class/week-2'))
  expect(kubectl('apply', '-f', file)).toEqual([1, expect.stringContaining('field is immutable')])
  expect(kubectl('delete', 'job/grading-merge')).toEqual([0, 'job.batch "grading-merge" deleted'])
  expect(kubectl('delete', 'job/grading-merge')).toEqual([1, expect.stringContaining('NotFound')])
  expect(kubectl('apply', '-f', file)).toEqual([0, 'job.batch/grading-merge created'])
  // Deleted in the background, the first one's pod is there still.
  expect(podsOf()).toBe(2)
})

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
  // npx ends with 1 where it does not find lab: no verdict.
  writeFileSync(join(cwd, 'bin/npx'), '#!/bin/sh\nexit 1\n')
  expect(onBatch(cwd)).toEqual({ codes: [[1], [1]], merged: null })
  expect(existsSync(join(cwd, 'class/feedback'))).toBe(true)
}, 200_000)
