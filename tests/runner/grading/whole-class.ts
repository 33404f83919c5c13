import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { accessRole, type MadeClass, makeClass, type Truth } from '../../../cli/rehearsal/make-class.ts'
import { type Grading, gradeAccount } from '../../../runner/grading/grade-account.ts'
import { gradeClass } from '../../../runner/grading/grade-class.ts'
import type { Student } from '../../../runner/grading/read-roster.ts'
import { ResultsFile } from '../../../runner/grading/results-file.ts'
import type { StudentReport } from '../../../runner/grading/student-report.ts'
import { findCatalogue, loadLabs, openTarget, stepKinds } from '../../../runner/index.ts'
import { type SandboxOptions, startSandbox } from '../../../sandbox/index.ts'

export const repository = resolve(import.meta.dirname, '../../..')
export const gradedLabs: readonly string[] = ['identity-policies', 'repository-policies']

export interface WholeClass {
  directory: string
  made: MadeClass
  students: Student[]
  truth: Truth[]
  /** Grades those who have no result yet, or all that are not graded. */
  grade(options?: {
    parallel?: number
    rerunFailed?: boolean
    timeout?: number
    asked?: readonly string[]
  }): Promise<StudentReport[]>
  /** Refuses an action to the grader in a student's account; null: he may do all again. */
  refuse(student: Student, action: string | null): Promise<void>
  /** Leaves the grader in a student's account no more than a policy allows. */
  limit(student: Student, policy: object): Promise<void>
  /** Grades one student anew, and keeps nothing of it. */
  gradeOne(student: Student): Promise<StudentReport>
  /** Lines of the sandbox's log since the class was made. */
  log(): { operation: string; service: string; outcome: string }[]
}

/** A rehearsal class in a sandbox of its own, with the engine pointed at it. `through` puts something in between. */
export async function wholeClass(
  count: number,
  options: Partial<SandboxOptions> & { through?: (endpoint: string) => Promise<string> } = {},
): Promise<WholeClass> {
  const { through, ...sandboxOptions } = options
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-class-'))
  const directory = join(folder, 'sandbox')
  const made = await makeClass(directory, { students: count, seed: 7, region: 'us-west-2', grader: '111122223333' })
  const sandbox = await startSandbox({ directory, ...sandboxOptions })
  const [own, partner] = sandbox.accounts.filter(({ id }) => !id.startsWith('9'))
  if (!own || !partner) throw new Error('the sandbox has an account to grade from, and a partner')
  const endpoint = (await through?.(sandbox.endpoint)) ?? sandbox.endpoint
  const base = await openTarget({
    ...{ name: 'sandbox', region: sandbox.region, endpoint, caller: own.admin, environment: {} },
    identities: { partner: partner.admin },
  })
  const results = ResultsFile.open(join(folder, 'results.jsonl'), true)
  onTestFinished(async () => {
    results.close()
    base.close()
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  })
  const catalogue = await findCatalogue(repository)
  const all = await loadLabs(catalogue, catalogue.labs, stepKinds, {})
  const students = made.roster.slice(1).map(([student = '', account = '', role = '', policy = ''], index): Student => {
    const overrides = role === '' ? {} : { 'names.role': role, 'names.policy': policy }
    return { line: index + 2, student, account, profile: null, roleArn: null, externalId: null, overrides }
  })
  const { signal } = new AbortController()
  const gradingOf = async (wanted: readonly string[], timeout: number): Promise<Grading> => ({
    ...{ base, assumeRole: accessRole, timeout, asked: [...wanted], all, overrides: {}, catalogue },
    labs: await loadLabs(catalogue, wanted, stepKinds, {}),
    ...{ labFolder: join(folder, '.lab'), workingFolder: repository, userCredentialsFile: join(folder, 'none') },
    ...{ env: {}, version: '0.0.0', signal },
  })
  const asOwner = async (account: string | null, calls: readonly [string, Record<string, unknown>][]) => {
    const admin = sandbox.accounts.find(({ id }) => id === account)?.admin
    if (!admin) throw new Error(`there is no account ${account}`)
    const place = { name: 'sandbox' as const, region: sandbox.region, endpoint, identities: {}, environment: {} }
    const owner = await openTarget({ ...place, caller: admin })
    for (const [operation, input] of calls) {
      const outcome = await owner.caller.call(operation, input)
      if (outcome.outcome !== 'allowed') throw new Error(outcome.message)
    }
    owner.close()
  }
  return {
    directory,
    made,
    students,
    truth: made.truth,
    log: () =>
      readFileSync(join(directory, 'log.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line)),
    async refuse({ account }, action) {
      const statement = { Effect: 'Deny', Action: action ?? 'none:None', Resource: '*' }
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement })
      await asOwner(account, [['iam:PutRolePolicy', { RoleName: accessRole, PolicyName: 'refused', PolicyDocument }]])
    },
    async limit({ account }, policy) {
      const PolicyArn = `arn:aws:iam::${account}:policy/limit`
      await asOwner(account, [
        ['iam:CreatePolicy', { PolicyName: 'limit', PolicyDocument: JSON.stringify(policy) }],
        ['iam:PutRolePermissionsBoundary', { RoleName: accessRole, PermissionsBoundary: PolicyArn }],
      ])
    },
    gradeOne: async student => gradeAccount(await gradingOf(gradedLabs, 60_000), student),
    async grade({ parallel = 4, rerunFailed = false, timeout = 60_000, asked: wanted = gradedLabs } = {}) {
      const grading = await gradingOf(wanted, timeout)
      const grade = (student: Student) => gradeAccount(grading, student)
      const again = new Set<string>()
      await gradeClass({
        students,
        results,
        parallel,
        question: wanted,
        rerunFailed,
        again,
        signal,
        grade,
        onDone: () => {},
      })
      return students.flatMap(({ student }) => results.read(student) ?? [])
    },
  }
}

/** Verdicts on the labs of the truth that have points, and not the truth's. */
export const untrue = ({ truth }: WholeClass, reports: readonly StudentReport[]): string[] =>
  reports.flatMap(({ student, labs }) =>
    labs
      .filter(each => gradedLabs.includes(each.id) && !each.setUp && each.points !== null)
      .flatMap(({ id, points, status }) => {
        const right = truth.find(line => line.student === student && line.lab === id)
        return right?.points === points && right?.status === status
          ? []
          : [`${student} ${id}, ${right?.state}: ${points} ${status}, not ${right?.points} ${right?.status}`]
      }),
  )
