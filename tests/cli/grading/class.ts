import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lab, temporaryFolder } from '../world-for-tests.ts'

export interface TruthLine {
  student: string
  lab: string
  points: number
  maxPoints: number
  status: string
  state: string
}

export interface GradedLine {
  student: string
  graded: boolean
  points: number | null
  error: { code: string; message: string } | null
  labs: { id: string; setUp: boolean; status: string; points: number | null; maxPoints: number }[]
}

export const gradedLabs = ['identity-policies', 'repository-policies']
export const throughRole = ['--assume-role', 'OrganizationAccountAccessRole']

/** A folder with labs and a class in its sandbox. */
export async function newClass(students: number, seed = 7): Promise<string> {
  const cwd = temporaryFolder({ labs: true })
  const made = await lab(['sandbox', 'class', '--students', String(students), '--seed', String(seed)], { cwd })
  if (made.exitCode !== 0) throw new Error(made.stderr)
  return cwd
}

const linesOf = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T)

export const truthOf = (cwd: string): TruthLine[] => linesOf(readFileSync(join(cwd, 'class/truth.jsonl'), 'utf8'))
export const gradedOf = (text: string): GradedLine[] => linesOf(text)

export const grade = (cwd: string, ...more: string[]) =>
  lab(['verify', ...gradedLabs, '--roster', 'class/roster.csv', ...throughRole, ...more], { cwd })

/** Verdicts that are not the truth's; what is not graded left out. */
export function wrongVerdicts(cwd: string, lines: readonly GradedLine[]): string[] {
  const truth = new Map(truthOf(cwd).map(line => [`${line.student} ${line.lab}`, line]))
  return lines.flatMap(({ student, labs }) =>
    labs
      .filter(each => !each.setUp && each.points !== null)
      .flatMap(({ id, points, maxPoints, status }) => {
        const right = truth.get(`${student} ${id}`)
        const same = right?.points === points && right.maxPoints === maxPoints && right.status === status
        return same
          ? []
          : [`${student} ${id} (${right?.state}): ${points} ${status}, not ${right?.points} ${right?.status}`]
      }),
  )
}

/** What differs between two gradings of the same state: times, and the ids of runs, requests and sessions. */
const passing =
  /^(startedAt|durationMs|.*Ms|runId|requestId|Expiration|AccessKeyId|AssumedRoleId|RoleLastUsed|LastUsedDate)$/

/** A value without what passes. */
export function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !passing.test(key))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutTimes(each)]))
}
