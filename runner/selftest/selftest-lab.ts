import { join } from 'node:path'
import pLimit from 'p-limit'
import type { LabReport, Report, StepReport } from '../../assertions/index.ts'
import type { Lab } from '../definition/index.ts'
import type { EngineOptions, Selection } from '../engine/options.ts'
import { runLabs } from '../engine/run-labs.ts'
import { verifyLabs } from '../engine/verify-labs.ts'
import type { FreshAccount } from '../grading/grade-answers.ts'
import { environmentError } from '../lab-error.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { policyDocuments } from './policy-documents.ts'
import { type StatementTest, statementTests } from './statement-tests.ts'

export interface SelftestOptions
  extends Omit<EngineOptions, 'target' | 'labFolder' | 'userCredentialsFile' | 'emit'>,
    Omit<Selection, 'asked'> {
  /** How many accounts are tried at once. */
  parallel: number
  open(signal: AbortSignal): Promise<FreshAccount>
}

/** A check that did not come out as it should. */
export interface Astray {
  step: string
  file: string
  line: number
  why: string
}

/** What was found of a lab. */
export interface LabSelftest {
  id: string
  title: string
  /** In an account in which nothing of the lab was done: what is right already earns points for nothing. */
  before: { points: number | null; maxPoints: number; astray: Astray[] }
  /** The lab run and verified as it is. */
  after: { points: number | null; maxPoints: number; astray: Astray[] }
  statements: StatementTest[]
  /** Accounts in which a changed document was tried. */
  mutants: number
  durationMs: number
  passed: boolean
}

/** Is the lab a good test: wrong before its steps, right after them, and wrong again with any of its statements changed? */
export async function selftestLab(options: SelftestOptions, lab: Lab): Promise<LabSelftest> {
  const begun = performance.now()
  const before = await untouched(options, lab)
  const after = await done(options, lab)
  // Of a lab that does not pass, nothing can be said by changing it.
  const documents = await policyDocuments(lab)
  const mutants = after.astray.length === 0 ? documents.flatMap(mutantsOf) : []
  const limit = pLimit(Math.max(1, options.parallel))
  const noticed = await Promise.all(mutants.map(mutant => limit(() => noticedBy(options, lab, mutant))))
  const tried = mutants.map((mutant, index) => ({ mutant, noticedBy: noticed[index] ?? null }))
  const statements = after.astray.length === 0 ? statementTests(documents, tried) : []
  return {
    ...{ id: lab.id, title: lab.title, before, after, statements },
    mutants: mutants.length,
    durationMs: Math.round(performance.now() - begun),
    passed:
      [before, after].every(({ astray }) => astray.length === 0) && statements.every(({ exercised }) => exercised),
  }
}

/** What is needed is there, nothing of the lab itself. */
async function untouched(options: SelftestOptions, lab: Lab): Promise<LabSelftest['before']> {
  const report = await inAccount(options, async account => {
    if (lab.needs.length > 0)
      await run(
        options,
        account,
        lab.needs,
        options.labs.filter(({ id }) => id !== lab.id),
      )
    return verify(options, account, lab)
  })
  const { points, maxPoints, steps, status } = reportOf(report, lab)
  const free = steps.filter(step => step.status === 'passed' && step.maxPoints > 0)
  const green = status === 'passed' ? steps.filter(step => step.status === 'passed') : free
  return { points, maxPoints, astray: green.map(step => astray(step, 'passes before anything of the lab is done')) }
}

async function done(options: SelftestOptions, lab: Lab): Promise<LabSelftest['after']> {
  return inAccount(options, async account => {
    const ran = await run(options, account, [lab.id], options.labs)
    const wrong = ran.labs.flatMap(each => each.steps.filter(step => step.status !== 'passed'))
    const { points, maxPoints, steps, status } = reportOf(
      wrong.length > 0 ? ran : await verify(options, account, lab),
      lab,
    )
    const lost = steps.filter(step => step.status !== 'passed' && (step.status !== 'skipped' || step.maxPoints > 0))
    const found = wrong.length > 0 ? wrong : status === 'passed' ? [] : lost
    return { points, maxPoints, astray: found.map(step => astray(step, reasonOf(step))) }
  })
}

/** The first check that a changed document turns red; null: none. */
async function noticedBy(options: SelftestOptions, lab: Lab, { document, json }: Mutant): Promise<string | null> {
  const changed = document.replaced(json)
  const labs = options.labs.map(each => (each.id === lab.id ? changed : each))
  const report = await inAccount(options, account => run(options, account, [lab.id], labs))
  const red = report.labs.flatMap(each => each.steps).find(({ status }) => status !== 'passed' && status !== 'skipped')
  if (red?.status === 'error') throw environmentError(`\`${lab.id}/${red.id}\` got no verdict: ${reasonOf(red)}`)
  return red?.id ?? null
}

async function inAccount<T>(options: SelftestOptions, work: (account: FreshAccount) => Promise<T>): Promise<T> {
  const account = await options.open(options.signal)
  try {
    return await work(account)
  } finally {
    await account.close()
  }
}

const engine = (options: SelftestOptions, { target, folder }: FreshAccount) => ({
  ...options,
  ...{ target, emit: () => {}, labFolder: join(folder, '.lab'), userCredentialsFile: join(folder, 'credentials') },
})

const run = (options: SelftestOptions, account: FreshAccount, asked: readonly string[], labs: readonly Lab[]) =>
  runLabs({
    ...engine(options, account),
    ...{ asked, labs, until: null, failFast: true, teardown: false, isolate: false, parallel: 4, confirm: null },
    dependents: () => [],
  })

const verify = (options: SelftestOptions, account: FreshAccount, lab: Lab) =>
  verifyLabs({ ...engine(options, account), asked: [lab.id], all: options.labs })

function reportOf({ labs }: Report, lab: Lab): LabReport {
  const found = labs.find(({ id }) => id === lab.id)
  if (!found) throw environmentError(`\`${lab.id}\` has no verdict: interrupted`)
  return found
}

const astray = ({ id, file, line }: StepReport, why: string): Astray => ({ step: id, file, line, why })

const reasonOf = ({ status, hint, expected, actual }: StepReport): string =>
  status === 'skipped'
    ? (hint ?? 'skipped')
    : `expected ${expected || 'allowed'}, found ${actual?.message ?? actual?.outcome ?? status}`
