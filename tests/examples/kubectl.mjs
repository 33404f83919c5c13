#!/usr/bin/env node
// As much of a cluster as examples/scale/kubernetes.sh asks of it: Jobs whose pods are processes here, one after another, retried and given up by
// the manifest's own rules. KUBE_STATE is the folder of its state, CLASS stands for what is mounted; pods of the indexes KUBE_LOSES are lost, of
// `1/2` the first two of index 1. Whatever the script does not ask today is refused here: a query that Kubernetes would not understand as well.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'

const { KUBE_STATE = '', CLASS = '', KUBE_LOSES = '', ...env } = process.env

function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const stateOf = name => join(KUBE_STATE, `${name}.json`)
const write = (name, state) => writeFileSync(stateOf(name), JSON.stringify(state))
/** A Job, null when it was deleted, and its pods, which may outlive it. */
const read = name =>
  existsSync(stateOf(name)) ? JSON.parse(readFileSync(stateOf(name), 'utf8')) : { job: null, pods: [] }
const nameOf = what => what.replace(/^job\//, '')
const jobOf = what =>
  read(nameOf(what)).job ?? refuse(`Error from server (NotFound): jobs.batch "${nameOf(what)}" not found`)

const losses = new Map(
  KUBE_LOSES.split(',').map(each => {
    const [index, pods = Infinity] = each.split('/')
    return [index, Number(pods)]
  }),
)

/** One pod: its exit code and what it said. */
function pod({ metadata, spec }, index, tries) {
  const name = [metadata.name, ...(index === null ? [] : [index]), tries].join('-')
  if (tries < (losses.get(String(index)) ?? 0)) return { name, index, code: 137, log: '' }
  const [{ command, args, env: set = [], volumeMounts }] = spec.template.spec.containers
  const [mount] = volumeMounts
  const variables = Object.fromEntries(set.map(({ name, value }) => [name, value]))
  const { status, stdout, stderr } = spawnSync(
    command[0],
    [...command.slice(1), ...args].map(word => word.replaceAll(`${mount.mountPath}/`, `${CLASS}/`)),
    { env: { ...env, ...variables, ...(index === null ? {} : { JOB_COMPLETION_INDEX: String(index) }) } },
  )
  return { name, index, code: status ?? 137, log: `${stdout}${stderr}` }
}

const isFinal = ({ podFailurePolicy }, code) =>
  (podFailurePolicy?.rules ?? []).some(
    ({ action, onExitCodes: { values } }) => action === 'FailIndex' && values.includes(code),
  )

/** An index is tried again as often as the Job says, unless a rule gives it up. */
function runIndex(job, index) {
  const { backoffLimitPerIndex, backoffLimit = 6 } = job.spec
  const pods = []
  do pods.push(pod(job, index, pods.length))
  while (
    pods.at(-1).code !== 0 &&
    !isFinal(job.spec, pods.at(-1).code) &&
    pods.length <= (backoffLimitPerIndex ?? backoffLimit)
  )
  return pods
}

function start(job, pods) {
  const { completionMode, completions } = job.spec
  const indexes = completionMode === 'Indexed' ? Array.from({ length: completions }, (_, index) => index) : [null]
  const tries = indexes.map(index => runIndex(job, index))
  const isDone = tries.every(each => each.at(-1).code === 0)
  const conditions = isDone ? ['SuccessCriteriaMet', 'Complete'] : ['FailureTarget', 'Failed']
  write(job.metadata.name, { job: { ...job, conditions }, pods: [...pods, ...tries.flat()] })
}

function apply(_flag, file) {
  const wanted = parse(readFileSync(file, 'utf8'))
  const { name } = wanted.metadata
  const { job, pods } = read(name)
  if (job === null) {
    start(wanted, pods)
    return `job.batch/${name} created`
  }
  if (!isDeepStrictEqual(job.spec.template, wanted.spec.template))
    refuse(`The Job "${name}" is invalid: spec.template: Invalid value: core.PodTemplateSpec{...}: field is immutable`)
  if (!isDeepStrictEqual(job.spec, wanted.spec)) refuse('kubectl.mjs: what becomes of a changed spec is not known here')
  return `job.batch/${name} unchanged`
}

/** In the background, as is usual, the Job is gone at once, and its pods some time later: here not at all. */
function remove(...words) {
  const names = words.filter(word => !word.startsWith('--')).map(nameOf)
  return names.flatMap(name => {
    const { job, pods } = read(name)
    if (job === null && words.includes('--ignore-not-found')) return []
    if (job === null) jobOf(name)
    if (words.includes('--cascade=foreground')) rmSync(stateOf(name))
    else write(name, { job: null, pods })
    return [`job.batch "${name}" deleted`]
  })
}

const indexOf = '{.metadata.annotations.batch\\.kubernetes\\.io/job-completion-index}'
const codeOf = '{.status.containerStatuses[?(@.name=="lab")].state.terminated.exitCode}'
/** What is asked of a Job, and of pods: each tried with kubectl 1.32. */
const queries = {
  '{.status.conditions[?(@.status=="True")].type}': ({ conditions }) => conditions.join(' '),
  '{.spec.completions}': ({ spec }) => spec.completions,
  [`{range .items[*]}${indexOf} {.metadata.name} ${codeOf}{"\\n"}{end}`]: pods =>
    pods.map(({ index, name, code }) => `${index} ${name} ${code}`).join('\n'),
  [`{range .items[*]}${codeOf}{end}`]: pods => pods.map(({ code }) => code).join(''),
}
const ask = (output, of) =>
  (queries[output.replace('jsonpath=', '')] ?? refuse(`kubectl.mjs: ${output} is not known here`))(of)

const run = {
  apply,
  delete: (...words) => remove(...words).join('\n'),
  get: (what, ...words) => {
    if (what !== 'pods') return ask(words[1], jobOf(what))
    const [, selector, sorted, , output] = words
    if (sorted !== '--sort-by=.metadata.creationTimestamp') refuse('kubectl.mjs: pods in no order')
    return ask(output, read(selector.split('=')[1]).pods)
  },
  logs: what =>
    what.startsWith('job/')
      ? jobOf(what) && read(nameOf(what)).pods[0].log
      : read(what.replace(/(-\d+)+$/, '')).pods.findLast(({ name }) => name === what).log,
}

const [verb, ...rest] = process.argv.slice(2)
process.stdout.write(`${run[verb](...rest)}\n`)
