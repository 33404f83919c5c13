#!/usr/bin/env node
// As much of a cluster as examples/scale/kubernetes.sh asks of it: Jobs whose pods are processes here, one after another, retried and given up by
// the manifest's own rules. KUBE_STATE is the folder of its state, CLASS stands for what is mounted; pods of the index KUBE_LOSES are lost.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const { KUBE_STATE = '', CLASS = '', KUBE_LOSES, ...env } = process.env
const stateOf = name => join(KUBE_STATE, `${name.replace(/^job\//, '')}.json`)
const read = name => JSON.parse(readFileSync(stateOf(name), 'utf8'))

/** One pod: its exit code and what it said. */
function pod({ spec }, index) {
  if (String(index) === KUBE_LOSES) return { code: 137, log: '' }
  const [{ command, args, env: set = [], volumeMounts }] = spec.template.spec.containers
  const [mount] = volumeMounts
  const variables = Object.fromEntries(set.map(({ name, value }) => [name, value]))
  const { status, stdout, stderr } = spawnSync(
    command[0],
    [...command.slice(1), ...args].map(word => word.replaceAll(`${mount.mountPath}/`, `${CLASS}/`)),
    { env: { ...env, ...variables, ...(index === null ? {} : { JOB_COMPLETION_INDEX: String(index) }) } },
  )
  return { code: status ?? 137, log: `${stdout}${stderr}` }
}

const isFinal = ({ podFailurePolicy }, code) =>
  (podFailurePolicy?.rules ?? []).some(
    ({ action, onExitCodes: { values } }) => action === 'FailIndex' && values.includes(code),
  )

/** An index is tried again as often as the Job says, unless a rule gives it up. */
function runIndex(job, index) {
  const { backoffLimitPerIndex, backoffLimit = 6 } = job.spec
  const pods = []
  do pods.push(pod(job, index))
  while (
    pods.at(-1).code !== 0 &&
    !isFinal(job.spec, pods.at(-1).code) &&
    pods.length <= (backoffLimitPerIndex ?? backoffLimit)
  )
  return pods
}

const run = {
  apply: (_flag, file) => {
    const job = parse(readFileSync(file, 'utf8'))
    const { name } = job.metadata
    const { completionMode, completions } = job.spec
    const indexes = completionMode === 'Indexed' ? Array.from({ length: completions }, (_, index) => index) : [null]
    const pods = indexes.map(index => runIndex(job, index))
    const isDone = pods.every(tries => tries.at(-1).code === 0)
    const conditions = isDone ? ['SuccessCriteriaMet', 'Complete'] : ['FailureTarget', 'Failed']
    writeFileSync(stateOf(name), JSON.stringify({ conditions, pods }))
    return `job.batch/${name} created`
  },
  delete: name => {
    if (existsSync(stateOf(name))) rmSync(stateOf(name))
    return ''
  },
  get: (what, _flag, selector = '') =>
    what === 'pods' ? String(read(selector.split('=')[1]).pods[0].at(-1).code) : read(what).conditions.join(' '),
  logs: name => read(name).pods[0].at(-1).log,
}

const [verb, ...rest] = process.argv.slice(2)
process.stdout.write(`${run[verb](...rest)}\n`)
