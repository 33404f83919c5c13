import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { bin } from '../cli/process.ts'
import { jobCache } from './job-cache.ts'

interface Step {
  name?: string
  uses?: string
  run?: string
  if?: string
  shell?: string
  env?: Record<string, string>
  with?: Record<string, string>
}

export interface EndedStep {
  name: string
  /** null: passed over, for something before it failed. */
  exitCode: number | null
  output: string
}

export interface Job {
  status: 'success' | 'failure'
  steps: EndedStep[]
}

/** What a runner would fill in for expressions. */
export type Expressions = Readonly<Record<string, string>>

/** A folder in which `npx lab` is the bundle, and `gh` writes down what it is asked for, with the text of an issue. */
export function makeWorkspace(folder: string): { programs: string; asked: () => string } {
  const programs = join(folder, 'programs')
  const local = join(folder, 'workspace', 'node_modules', '.bin')
  for (const each of [programs, local]) mkdirSync(each, { recursive: true })
  writeFileSync(join(folder, 'workspace', 'package.json'), '{ "private": true }\n')
  symlinkSync(bin, join(local, 'lab'))
  const log = join(folder, 'gh.log')
  writeFileSync(log, '')
  writeFileSync(
    join(programs, 'gh'),
    [
      '#!/bin/bash',
      `echo "gh $*" >> ${log}`,
      'case "$*" in "issue list"*) cat "$OPEN_ISSUE" 2>/dev/null;; esac',
      `while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cat "$2" >> ${log}; fi; shift; done`,
    ].join('\n'),
  )
  chmodSync(join(programs, 'gh'), 0o755)
  return { programs, asked: () => readFileSync(log, 'utf8') }
}

/**
 * Runs the commands of a workflow's only job as GitHub's runner does, read from the workflow itself; of actions (`uses`) only those of the cache,
 * which is a folder here; the others and `npm ci` are passed over.
 */
export async function runJob(
  workflow: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  known: Expressions,
  cacheFolder: string,
): Promise<Job> {
  const { jobs } = parse(readFileSync(workflow, 'utf8')) as {
    jobs: Record<string, { env?: Record<string, string>; steps: Step[] }>
  }
  const [job, ...others] = Object.values(jobs)
  if (!job || others.length > 0) throw new Error('one job was expected')
  const ended: EndedStep[] = []
  const cache = jobCache(cacheFolder, cwd)
  let status: Job['status'] = 'success'
  for (const step of job.steps) {
    const runs = status === 'success' || step.if === 'always()'
    if (step.uses !== undefined && runs)
      cache.use(
        step.uses,
        Object.fromEntries(Object.entries(step.with ?? {}).map(([name, text]) => [name, fill(text, known)])),
      )
    if (step.run === undefined || step.run === 'npm ci') continue
    const name = step.name ?? step.run
    if (!runs) {
      ended.push({ name, exitCode: null, output: '' })
      continue
    }
    const script = join(dirname(cwd), 'step.sh')
    writeFileSync(script, step.run)
    const filled = Object.entries({ ...job.env, ...step.env }).map(([key, text]) => [
      key,
      fill(text, { ...known, 'job.status': status }),
    ])
    const shell = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail', script] : ['-e', script]
    const { exitCode, output } = await ran(shell, cwd, { ...env, ...Object.fromEntries(filled) })
    if (exitCode !== 0) status = 'failure'
    ended.push({ name, exitCode, output })
  }
  if (status === 'success') cache.end()
  return { status, steps: ended }
}

function ran(
  shell: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn('bash', shell, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise(resolve => child.once('close', exitCode => resolve({ exitCode, output })))
}

const fill = (text: string, known: Expressions): string =>
  String(text).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = known[expression]
    if (value === undefined) throw new Error(`what is \`${expression}\``)
    return value
  })
