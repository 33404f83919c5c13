import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Catalogue, Lab } from '../../runner/definition/index.ts'
import { gradeAccount } from '../../runner/grading/grade-account.ts'
import { gradeAnswers, submissionDigest } from '../../runner/grading/grade-answers.ts'
import type { Student } from '../../runner/grading/read-roster.ts'
import type { StudentReport } from '../../runner/grading/student-report.ts'
import { submissionFolders } from '../../runner/grading/submission-folder.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { ChosenTarget } from '../choose-target.ts'
import { fromWorld } from '../engine-options.ts'
import type { Options } from '../options.ts'
import type { Selected } from '../select-labs.ts'
import type { Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { freshAccount } from './fresh-account.ts'
import { openGrader } from './open-grader.ts'
import { passingFolder } from './passing-folder.ts'

/** Who grades a student, and where. */
export interface ClassGrader {
  /** For the first line. */
  where: string
  grade(student: Student): Promise<StudentReport>
  /** What a student has handed in, in a few characters; undefined: his account is looked into anew. */
  materialOf?: ((student: Student) => Promise<string>) | undefined
  close(): Promise<void>
}

export interface GraderOptions {
  workplace: Workplace
  catalogue: Catalogue
  chosen: ChosenTarget
  selected: Selected
  /** Every lab of the catalogue. */
  all: readonly Lab[]
  signal: AbortSignal
}

const defaultTimeout = 5 * 60_000

/** By the students' accounts, or with --answers by their documents in accounts of their own. @throws LabError, SandboxError */
export async function classGrader(world: World, options: Options, given: GraderOptions): Promise<ClassGrader> {
  const { workplace, catalogue, chosen, selected, signal, all } = given
  const timeout = options.timeout ?? defaultTimeout
  const { labFolder: _labFolder, userCredentialsFile, ...outside } = fromWorld(world, workplace)
  const shared = { ...outside, ...selected, all, overrides: options.var, catalogue, signal, timeout }
  if (options.answers !== undefined) {
    const submissions = await submissionFolders(await folderOf(world.cwd, options.answers, chosen))
    const passing = await passingFolder(workplace.labFolder)
    const open = () => freshAccount(passing.path, chosen.region)
    const grading = { ...shared, submissions, open, region: chosen.region }
    return {
      where: `sandbox, an account for each student · ${chosen.region}`,
      grade: student => gradeAnswers(grading, student),
      materialOf: student => submissionDigest(grading, student),
      close: passing.remove,
    }
  }
  const { target: base, close } = await openGrader(world, workplace, catalogue, chosen, selected.labs)
  const labFolder = `${workplace.labFolder}/grading/none`
  const grading = { ...shared, userCredentialsFile, labFolder, base, assumeRole: options.assumeRole ?? null }
  return {
    where: `${base.name} · as ${base.caller.arn} · ${base.place.region}`,
    grade: student => gradeAccount(grading, student),
    close,
  }
}

async function folderOf(cwd: string, answers: string, chosen: ChosenTarget): Promise<string> {
  if (chosen.name === 'aws')
    throw usageError('`--answers` with the aws target', 'answers are graded in the sandbox: take --target aws out')
  const folder = resolve(cwd, answers)
  const there = await stat(folder).catch(() => null)
  if (!there?.isDirectory())
    throw usageError(`there is no folder \`${answers}\``, 'it holds a folder for each student of the roster')
  return folder
}
