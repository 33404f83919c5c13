import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../../assertions/index.ts'
import { readHistory } from '../history/history-folder.ts'

/** Milliseconds that each lab took at the last time it was done here. */
export async function labDurations(labFolder: string, command: 'run' | 'verify'): Promise<Map<string, number>> {
  const history = (await readHistory(labFolder)).filter(entry => entry.command === command)
  return new Map(history.flatMap(({ labs }) => labs.map(({ id, steps }) => [id, sumOf(steps)] as const)))
}

/** Milliseconds of what was asked for in a run of one lab or page, without the labs that it needs. */
export const tookOf = (report: Report | undefined): number =>
  sumOf((report?.labs ?? []).flatMap(lab => (lab.setUp ? [] : lab.steps)))

const sumOf = (steps: readonly { durationMs: number }[]): number =>
  steps.reduce((sum, step) => sum + step.durationMs, 0)

const studentsFile = (labFolder: string): string => join(labFolder, 'grading', 'durations.json')

/** Milliseconds that each student took at the last time he was graded here. */
export async function studentDurations(labFolder: string): Promise<Map<string, number>> {
  try {
    const found = JSON.parse(await readFile(studentsFile(labFolder), 'utf8')) as Record<string, number>
    return new Map(Object.entries(found).filter(([, milliseconds]) => typeof milliseconds === 'number'))
  } catch {
    return new Map()
  }
}

/** Keeps what this grading took. Marks stand without it. */
export async function keepStudentDurations(labFolder: string, taken: ReadonlyMap<string, number>): Promise<void> {
  const file = studentsFile(labFolder)
  const all = new Map([...(await studentDurations(labFolder)), ...taken])
  try {
    await mkdir(join(labFolder, 'grading'), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(all)))
    await rename(`${file}.new`, file)
  } catch {
    // The next division is by number alone.
  }
}
